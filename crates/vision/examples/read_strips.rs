//! Reads line strips (PNG) and prints what the line reader sees: `read_strips FILE…`.

use std::time::Instant;

fn main() {
    let reader = vision::reader::LineReader::new().expect("the committed network loads");
    for file in std::env::args().skip(1) {
        let strip = image::open(&file).expect("a picture").to_luma8();
        let begin = Instant::now();
        let seen = reader.read(&strip);
        let ms = begin.elapsed().as_secs_f32() * 1e3;
        println!("{file}\t{}\t{:.3}\t{ms:.1}", seen.line.text(), seen.score);
    }
}
