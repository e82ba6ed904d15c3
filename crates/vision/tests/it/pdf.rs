//! PDF files: their text, their pictures, what they tell of themselves, and hostile ones.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use vision::pdf::{Pdf, PdfRefused};

/// A file of these objects, the first of which is the catalogue.
fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    bytes
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dict} /Length {} >>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// A page with this content, a font and perhaps a picture.
fn page(content: &[u8], picture: Option<Vec<u8>>, catalogue: &str) -> Vec<u8> {
    let with_picture = if picture.is_some() { "/XObject << /P 6 0 R >>" } else { "" };
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
             /Resources << /Font << /F 5 0 R >> {with_picture} >> >>"
        )
        .into_bytes(),
        stream("/Filter /FlateDecode", &deflated(content)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    objects.extend(picture);
    file(&objects, "")
}

fn refusal(bytes: Vec<u8>) -> Option<PdfRefused> {
    Pdf::open(bytes, None).err()
}

#[test]
fn text_is_read_line_by_line_with_its_place() {
    let content =
        b"BT /F 12 Tf 60 700 Td (Harborlight Energy) Tj 0 -20 Td [(Issue da) -20 (te: 2026-05-11)] TJ ET \
                    BT /F 12 Tf 400 700 Td (M\xfcller) Tj ET";
    let pdf = Pdf::open(page(content, None, ""), None).unwrap();
    let lines = pdf.lines(0);
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["Harborlight Energy", "Müller", "Issue date: 2026-05-11"]);
    let [(left, top), .., (_, bottom)] = lines[0].corners;
    assert!((left - 0.1).abs() < 0.01 && top < 0.125 && bottom > 0.125, "{:?}", lines[0].corners);
    assert_eq!(pdf.picture(0).err(), Some(PdfRefused::NoPicture));
}

#[test]
fn a_picture_is_put_where_it_lies() {
    let pixels: Vec<u8> = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [0, 0, 0]].concat();
    let dict = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8";
    let picture = stream(&format!("{dict} /Filter /FlateDecode"), &deflated(&pixels));
    let pdf = Pdf::open(page(b"q 300 0 0 400 300 400 cm /P Do Q", Some(picture), ""), None).unwrap();
    let drawn = pdf.picture(0).unwrap();
    let (width, height) = (drawn.width(), drawn.height());
    let at =
        |x: f32, y: f32| drawn.pixels().get_pixel((x * width as f32) as u32, (y * height as f32) as u32).0;
    assert_eq!(at(0.2, 0.8), [255; 3], "paper");
    assert_eq!(at(0.52, 0.02), [255, 0, 0], "its upper left in the upper right quarter of the page");
    assert_eq!(at(0.98, 0.02), [0, 255, 0]);
    assert_eq!(at(0.52, 0.48), [0, 0, 255]);
}

#[test]
fn a_file_tells_what_is_in_it_and_what_was_done_to_it() {
    let plain = page(b"BT /F 10 Tf 50 700 Td (Total 40) Tj ET", None, "");
    let facts = Pdf::open(plain.clone(), None).unwrap().facts();
    assert_eq!((facts.has_javascript, facts.updates, facts.overlays.len()), (false, 0, 0));
    assert_eq!(facts.fonts, ["Helvetica"]);
    let script = "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>";
    assert!(Pdf::open(page(b"", None, script), None).unwrap().facts().has_javascript);
    let covered = b"BT /F 10 Tf 50 700 Td (Total 40) Tj ET 1 g 48 696 60 14 re f 0 g BT /F 10 Tf 50 700 Td (Total 90) Tj ET";
    let facts = Pdf::open(page(covered, None, ""), None).unwrap().facts();
    assert_eq!((facts.overlays.len(), facts.overlays.first().map(|overlay| overlay.page)), (1, Some(1)));
    let mut updated = plain;
    updated.extend(b"\n% more\nstartxref\n9\n%%EOF\n");
    assert_eq!(Pdf::open(updated, None).map(|pdf| pdf.facts().updates), Ok(1));
}

#[test]
fn what_unfolds_to_gigabytes_is_not_opened() {
    let once = deflated(&vec![0; 200 << 20]);
    let twice = deflated(&once);
    let bombs = [
        page(&vec![b' '; 200 << 20], None, ""),
        page(b"/P Do", Some(stream("/Filter [/FlateDecode /FlateDecode]", &twice)), ""),
        page(
            b"/P Do",
            Some(stream("/Subtype /Image /Width 50000 /Height 50000 /Filter /DCTDecode", b"")),
            "",
        ),
    ];
    for bomb in bombs {
        assert!(bomb.len() < 1 << 20);
        assert_eq!(refusal(bomb), Some(PdfRefused::TooLarge));
    }
}

#[test]
fn what_is_no_file_is_refused() {
    assert_eq!(refusal(Vec::new()), Some(PdfRefused::Damaged));
    assert_eq!(refusal(b"%PDF-1.7 and nothing else".to_vec()), Some(PdfRefused::Damaged));
    assert_eq!(refusal(b"<svg/>".to_vec()), Some(PdfRefused::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_files_never_panic(at in 0_usize..1200, byte: u8, cut in 0_usize..1400) {
        let content = b"q 10 0 0 10 0 0 cm /P Do Q BT /F 12 Tf 60 700 Td <48656c6c6f> Tj ET";
        let mut bytes = page(content, Some(stream("/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"a")), "");
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(cut.max(5));
        if let Ok(pdf) = Pdf::open(bytes, None) {
            for page in 0..pdf.page_count() {
                let (lines, _picture) = (pdf.lines(page), pdf.picture(page));
                prop_assert!(lines.len() < 100);
            }
            prop_assert!(pdf.facts().overlays.len() <= 20);
        }
    }
}
