use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

/// Red above blue, wider than high.
fn flag() -> RgbImage {
    RgbImage::from_fn(48, 32, |_, y| if y < 16 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(flag()).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn decode(bytes: &[u8]) -> Result<Decoded, Unreadable> {
    Upload::new(bytes).decode(Limits::UPLOAD)
}

const FORMATS: [(ImageFormat, PictureKind); 4] = [
    (ImageFormat::Jpeg, PictureKind::Jpeg),
    (ImageFormat::Png, PictureKind::Png),
    (ImageFormat::WebP, PictureKind::WebP),
    (ImageFormat::Tiff, PictureKind::Tiff),
];

#[test]
fn four_formats_are_told_from_their_bytes() {
    for (format, kind) in FORMATS {
        let picture = decode(&encoded(format)).unwrap();
        assert_eq!((picture.kind(), picture.width(), picture.height()), (kind, 48, 32));
        let upper = picture.pixels().get_pixel(24, 4);
        assert!(upper[0] > 180 && upper[2] < 70, "{kind}: {upper:?}");
    }
}

#[test]
fn other_bytes_are_not_recognised() {
    for bytes in [&b""[..], b"%PDF-1.7", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>"] {
        assert_eq!(decode(bytes).unwrap_err(), Unreadable::Unrecognised);
    }
}

#[test]
fn a_file_beyond_the_byte_limit_is_refused_unread() {
    let bytes = encoded(ImageFormat::Png);
    let limits = Limits { bytes: bytes.len() - 1, ..Limits::UPLOAD };
    let refused = Upload::new(&bytes).decode(limits).unwrap_err();
    assert_eq!(refused, Unreadable::TooManyBytes { bytes: bytes.len(), limit: bytes.len() - 1 });
}

#[test]
fn a_picture_of_billions_of_pixels_is_refused_by_its_header() {
    let refused = decode(&png_header(50_000, 50_000)).unwrap_err();
    assert_eq!(refused, Unreadable::TooManyPixels { width: 50_000, height: 50_000, limit: 40_000_000 });
}

#[test]
fn cut_files_are_called_truncated_or_damaged() {
    for (format, kind) in FORMATS {
        let bytes = encoded(format);
        for length in [bytes.len() / 2, bytes.len() - 12] {
            match decode(&bytes[..length]).unwrap_err() {
                Unreadable::Truncated { kind: said } | Unreadable::Corrupt { kind: said, .. } => {
                    assert_eq!(said, kind);
                }
                other => panic!("{kind} cut to {length}: {other}"),
            }
        }
    }
}

#[test]
fn a_picture_taken_with_the_camera_on_its_side_is_turned_upright() {
    // Orientation 6: the first row of the file is the right edge of the scene.
    let picture = decode(&with_exif_orientation(&encoded(ImageFormat::Jpeg), 6)).unwrap();
    assert_eq!((picture.width(), picture.height()), (32, 48));
    let (left, right) = (picture.pixels().get_pixel(4, 24), picture.pixels().get_pixel(28, 24));
    assert!(right[0] > 180 && left[2] > 180, "left {left:?}, right {right:?}");
}

#[test]
fn transparent_pixels_lie_on_white() {
    let mut bytes = Cursor::new(Vec::new());
    let clear = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
    DynamicImage::ImageRgba8(clear).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let picture = decode(&bytes.into_inner()).unwrap();
    assert_eq!(picture.pixels().get_pixel(3, 3), &Rgb([255, 255, 255]));
}

#[test]
fn a_stored_copy_is_small_upright_and_says_nothing_about_the_camera() {
    let picture = decode(&with_exif_orientation(&encoded(ImageFormat::Jpeg), 6)).unwrap();
    let copy = picture.upright_jpeg(24).unwrap();
    assert!(!copy.windows(4).any(|window| window == b"Exif"));
    let again = decode(&copy).unwrap();
    assert_eq!((again.width(), again.height()), (16, 24));
}

proptest! {
    #[test]
    fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
    }

    #[test]
    fn damaged_pictures_decode_or_are_refused(
        format in 0..FORMATS.len(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = encoded(FORMATS[format].0);
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        bytes.truncate(keep.index(bytes.len() * 2).max(16));
        if let Ok(picture) = decode(&bytes) {
            prop_assert!(u64::from(picture.width()) * u64::from(picture.height()) <= Limits::UPLOAD.pixels);
        }
    }
}

/// A PNG that ends behind its header.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    bytes.extend(&header);
    bytes.extend(crc32(&header).to_be_bytes());
    bytes.extend(b"\0\0\0\x08IDAT");
    bytes
}

/// ISO 3309, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// The JPEG with an EXIF segment that holds nothing but tag 0x0112.
fn with_exif_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend((exif.len() as u16 + 2).to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A PNG with one more chunk behind its header.
fn with_chunk(png: &[u8], name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = name.to_vec();
    chunk.extend(body);
    // Signature, and a header of 13 bytes with length, name and sum.
    let mut bytes = png[..33].to_vec();
    bytes.extend((body.len() as u32).to_be_bytes());
    bytes.extend(&chunk);
    bytes.extend(crc32(&chunk).to_be_bytes());
    bytes.extend(&png[33..]);
    bytes
}

#[test]
fn profiles_texts_and_animations_of_a_png_are_not_unpacked() {
    let plain = encoded(ImageFormat::Png);
    let mut loaded = plain.clone();
    for name in [*b"iCCP", *b"zTXt", *b"iTXt", *b"acTL", *b"fcTL"] {
        loaded = with_chunk(&loaded, name, &[7; 300]);
    }
    assert_eq!(png::essential(&loaded), plain);
    assert_eq!(decode(&loaded).unwrap().pixels(), decode(&plain).unwrap().pixels());
}

#[test]
fn sixteen_bits_per_colour_become_eight() {
    let deep = DynamicImage::ImageRgb8(flag()).into_rgb16();
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb16(deep).write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(decode(&bytes.into_inner()).unwrap().pixels(), &flag());
}

#[test]
fn a_format_that_needs_more_room_per_pixel_may_have_fewer_pixels() {
    use image::ExtendedColorType::{L8, Rgb8, Rgba16};
    let most = |kind, colour| cost::most_pixels(kind, &[], colour);
    assert!(most(PictureKind::Jpeg, Rgb8) >= Limits::UPLOAD.pixels);
    assert!(most(PictureKind::Png, Rgb8) >= Limits::UPLOAD.pixels);
    assert!(most(PictureKind::Png, L8) >= Limits::UPLOAD.pixels);
    assert!((20_000_000..25_000_000).contains(&most(PictureKind::Png, Rgba16)));
    assert!(most(PictureKind::WebP, Rgb8) >= 20_000_000);
}

#[test]
fn a_progressive_jpeg_counts_the_coefficients_that_it_keeps() {
    // Start of frame 2: eight bits, 9 by 9 pixels, three components, the first sampled 2 by 2.
    let header = b"\xff\xd8\xff\xc2\x00\x11\x08\x00\x09\x00\x09\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01";
    assert_eq!(jpeg::coefficient_bytes(header), Some(3));
    assert_eq!(jpeg::coefficient_bytes(&encoded(ImageFormat::Jpeg)), None);
}
