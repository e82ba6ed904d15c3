//! A new file in the built web pages must rebuild this crate, which embeds them.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist/flow");
    println!("cargo:rerun-if-changed=assets");
}
