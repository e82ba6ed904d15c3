//! What hostile and odd pictures cost: each in a process of its own, with its time and peak memory. `cargo run
//! --release -p vision --example bad_pictures [FILE…]`.

use std::io::Cursor;
use std::process::Command;
use std::time::Instant;

use image::{DynamicImage, ImageFormat, RgbImage};
use vision::{Limits, Upload};

const CASES: [&str; 8] = [
    "png-50000",
    "png-40mpx",
    "jpeg-cut",
    "svg",
    "webp-animated",
    "jpeg-icc-9mb",
    "png-icc-bomb",
    "png-16bit",
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, case] = &arguments[..]
        && flag == "--case"
    {
        return one(case);
    }
    println!("{:<16} {:>8} {:>9}  answer", "case", "ms", "peak MiB");
    for case in CASES.iter().map(|case| (*case).to_owned()).chain(arguments) {
        let program = std::env::current_exe().expect("this program has a path");
        let done = Command::new(program).args(["--case", &case]).status().expect("this program runs");
        assert!(done.success(), "{case} broke the program");
    }
}

/// The picture is made before the clock starts; its own size is part of the peak.
fn one(case: &str) {
    let bytes = made(case);
    let before = peak();
    let begin = Instant::now();
    let answer = match Upload::new(&bytes).decode(Limits::UPLOAD) {
        Ok(picture) => format!("{} by {} pixels", picture.width(), picture.height()),
        Err(error) => error.to_string(),
    };
    println!(
        "{:<16} {:>8.0} {:>9.0}  {answer} ({} bytes; making it took {before:.0} MiB)",
        case.rsplit('/').next().unwrap_or(case),
        begin.elapsed().as_secs_f64() * 1e3,
        peak(),
        bytes.len(),
    );
}

fn made(case: &str) -> Vec<u8> {
    match case {
        "png-50000" => png(50_000, 50_000, &zeros(3_000_000)),
        "png-40mpx" => png(8000, 5000, &zeros(140_000)),
        "jpeg-cut" => {
            let mut bytes = encoded(ImageFormat::Jpeg);
            bytes.truncate(bytes.len() / 2);
            bytes
        }
        "svg" => b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec(),
        "webp-animated" => animated(),
        "jpeg-icc-9mb" => with_profile(&encoded(ImageFormat::Jpeg)),
        "png-icc-bomb" => with_bomb(&encoded(ImageFormat::Png)),
        "png-16bit" => {
            let mut bytes = Cursor::new(Vec::new());
            let deep = DynamicImage::ImageRgb8(scene()).into_rgb16();
            DynamicImage::ImageRgb16(deep).write_to(&mut bytes, ImageFormat::Png).expect("it encodes");
            bytes.into_inner()
        }
        #[expect(clippy::disallowed_methods, reason = "pictures named on the command line")]
        file => std::fs::read(file).expect("the file is there"),
    }
}

fn scene() -> RgbImage {
    RgbImage::from_fn(2000, 1500, |x, y| image::Rgb([(x / 9) as u8, (y / 7) as u8, ((x ^ y) / 5) as u8]))
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(scene()).write_to(&mut bytes, format).expect("it encodes");
    bytes.into_inner()
}

/// Zeros, deflated as far as fixed codes go: one literal, then runs of 258 in 13 bits each (RFC 1951 §3.2.6).
fn zeros(bytes: usize) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let (mut bits, mut count) = (0u64, 0);
    let mut put = |value: u64, length: u32, stream: &mut Vec<u8>| {
        bits |= value << count;
        count += length;
        while count >= 8 {
            stream.push(bits as u8);
            bits >>= 8;
            count -= 8;
        }
    };
    // Last block, fixed codes; literal 0 is 00110000, written from its first bit.
    put(0b011, 3, &mut stream);
    put(0b0000_1100, 8, &mut stream);
    while stream.len() < bytes {
        // Length 258 is 11000101, distance 1 is 00000.
        put(0b1010_0011, 8, &mut stream);
        put(0, 5, &mut stream);
    }
    put(0, 7, &mut stream);
    put(0, 8, &mut stream);
    stream
}

fn png(width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut bytes, *b"IHDR", &header);
    chunk(&mut bytes, *b"IDAT", data);
    chunk(&mut bytes, *b"IEND", &[]);
    bytes
}

fn with_bomb(png: &[u8]) -> Vec<u8> {
    let mut profile = b"profile\0\0".to_vec();
    profile.extend(zeros(8_000_000));
    let mut bytes = png[..33].to_vec();
    chunk(&mut bytes, *b"iCCP", &profile);
    bytes.extend(&png[33..]);
    bytes
}

fn chunk(bytes: &mut Vec<u8>, name: [u8; 4], body: &[u8]) {
    bytes.extend((body.len() as u32).to_be_bytes());
    let mut sum = u32::MAX;
    for byte in name.iter().chain(body) {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    bytes.extend(name);
    bytes.extend(body);
    bytes.extend((!sum).to_be_bytes());
}

fn with_profile(jpeg: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    for part in 1..=140u8 {
        bytes.extend([0xFF, 0xE2, 0xFF, 0xFF]);
        bytes.extend(b"ICC_PROFILE\0");
        bytes.extend([part, 140]);
        bytes.extend(std::iter::repeat_n(part, 65_535 - 16));
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

/// Sixty frames of 2000 by 1500 (WebP container: VP8X, ANIM, ANMF).
fn animated() -> Vec<u8> {
    let still = encoded(ImageFormat::WebP);
    let frame = &still[12..];
    let size = |value: u32| value.to_le_bytes();
    let mut body = b"WEBPVP8X".to_vec();
    body.extend(size(10));
    body.extend([2, 0, 0, 0]);
    body.extend(&size(1999)[..3]);
    body.extend(&size(1499)[..3]);
    body.extend(b"ANIM\x06\0\0\0\xff\xff\xff\xff\0\0");
    for _ in 0..60 {
        if body.len() + frame.len() > 9_000_000 {
            break;
        }
        body.extend(b"ANMF");
        body.extend(size(frame.len() as u32 + 16));
        body.extend([0; 6]);
        body.extend(&size(1999)[..3]);
        body.extend(&size(1499)[..3]);
        body.extend([40, 0, 0, 0]);
        body.extend(frame);
    }
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(size(body.len() as u32));
    bytes.extend(body);
    bytes
}

/// The most memory that this process has held, in MiB.
fn peak() -> f64 {
    #[expect(clippy::disallowed_methods, reason = "Linux tells a process's memory in a file")]
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux accounts for processes");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("the peak is told");
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<f64>().ok()).expect("a number")
        / 1024.0
}
