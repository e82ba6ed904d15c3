//! How much compressed streams grow, measured before anything opens them: a file of a few kilobytes can unfold to
//! gigabytes, and to more where what is compressed is compressed again.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Object, Stream};

use super::PdfRefused;

/// Streams filtered more often than this are nobody's.
const MOST_FILTERS: usize = 4;
/// Pixels of one picture.
const MOST_PIXELS: f64 = 40_000_000.0;
/// Objects of one file.
const MOST_OBJECTS: usize = 200_000;
/// A layer that unfolds again is no larger than this.
const SECOND_LAYER: u64 = 16 * 1024 * 1024;

/// Whether everything in a file that unfolds by itself stays within `limit` bytes. Looks at the raw bytes, so that it
/// can be asked before anything parses them.
pub(super) fn is_bounded(bytes: &[u8], limit: u64) -> bool {
    let (mut total, mut at) = (0, 0);
    while let Some(found) = find(&bytes[at..], b"stream") {
        at += found + b"stream".len();
        let rest = &bytes[at..];
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if is_zlib(data) {
            total += unfolded(data, limit - total, MOST_FILTERS);
        }
        if total >= limit {
            return false;
        }
    }
    true
}

/// The same for every stream as its dictionary says that it is to be read, decrypted where it is encrypted; and the
/// sizes of pictures.
pub(super) fn check_streams(file: &hayro_syntax::Pdf, limit: u64) -> Result<(), PdfRefused> {
    if file.len() > MOST_OBJECTS {
        return Err(PdfRefused::TooLarge);
    }
    let mut total = 0;
    for object in file.objects() {
        if let Object::Stream(stream) = object {
            total += grown(&stream, limit - total).ok_or(PdfRefused::TooLarge)?;
        }
    }
    Ok(())
}

/// What a stream comes to; nothing if that is more than the limit.
fn grown(stream: &Stream<'_>, limit: u64) -> Option<u64> {
    let number = |key: &str| f64::from(stream.dict().get::<f32>(key).unwrap_or(0.0).max(0.0));
    let filters = stream.filters();
    if number("Width") * number("Height") > MOST_PIXELS || filters.len() > MOST_FILTERS {
        return None;
    }
    let mut data = stream.raw_data().into_owned();
    let mut total = 0;
    for (index, filter) in filters.iter().enumerate() {
        match filter {
            Filter::Crypt => {}
            Filter::FlateDecode => {
                data = inflated(&data, limit - total)?;
                total += data.len() as u64;
            }
            Filter::Ascii85Decode => data = from_base_85(&data),
            Filter::AsciiHexDecode => data.truncate(data.len().div_ceil(2)),
            Filter::LzwDecode | Filter::RunLengthDecode => {
                let length = if *filter == Filter::LzwDecode { lzw(&data) } else { runs(&data) };
                let last = index + 1 == filters.len();
                return (last && total + length <= limit).then_some(total + length);
            }
            _ => break,
        }
    }
    Some(total)
}

/// Nothing if it comes to more than the limit. What is damaged ends where it is.
pub(super) fn inflated(data: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let reader: Box<dyn Read + '_> =
        if is_zlib(data) { Box::new(ZlibDecoder::new(data)) } else { Box::new(DeflateDecoder::new(data)) };
    let _ = reader.take(limit + 1).read_to_end(&mut out);
    (out.len() as u64 <= limit).then_some(out)
}

/// The header of such data (RFC 1950 §2.2).
fn is_zlib(data: &[u8]) -> bool {
    match data {
        [first, second, ..] => {
            first & 0x0f == 8 && ((u16::from(*first) << 8) | u16::from(*second)).is_multiple_of(31)
        }
        _ => false,
    }
}

/// The bytes that come out, of deeper layers too, counted up to the limit.
fn unfolded(data: &[u8], limit: u64, layers: usize) -> u64 {
    let (mut reader, mut buffer) = (ZlibDecoder::new(data), vec![0; 64 * 1024]);
    let (mut total, mut kept) = (0_u64, Vec::new());
    while let Ok(count) = reader.read(&mut buffer) {
        total += count as u64;
        if total <= SECOND_LAYER {
            kept.extend_from_slice(&buffer[..count]);
        }
        if count == 0 || total >= limit {
            break;
        }
    }
    if total < limit && layers > 1 && is_zlib(&kept) {
        total += unfolded(&kept, limit - total, layers - 1);
    }
    total.min(limit)
}

/// ISO 32000-1 §7.4.3. What is no digit is passed over.
fn from_base_85(data: &[u8]) -> Vec<u8> {
    let (mut out, mut group, mut count) = (Vec::with_capacity(data.len() / 5 * 4), 0_u32, 0);
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            _ => {}
        }
    }
    out
}

/// How long LZW data becomes (ISO 32000-1 §7.4.4): the lengths of the table's entries tell, without the entries.
fn lzw(data: &[u8]) -> u64 {
    let (mut lengths, mut previous, mut total) = (Vec::new(), 0_u64, 0_u64);
    let (mut bits, mut held, mut width) = (0_u32, 0, 9);
    for byte in data {
        bits = (bits << 8) | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held) & ((1 << width) - 1);
        match code {
            256 => (lengths, previous, width) = (Vec::new(), 0, 9),
            257 => break,
            code => {
                let entry = code.checked_sub(258).and_then(|at| lengths.get(at as usize)).copied();
                let length = if code < 256 { 1 } else { entry.unwrap_or(previous + 1) };
                if previous > 0 && lengths.len() < 4096 {
                    lengths.push(previous + 1);
                }
                (previous, total) = (length, total + length);
                // One code earlier than needed or not: the longer width of the two is never the larger outcome.
                width = match lengths.len() + 259 {
                    ..=511 => 9,
                    512..=1023 => 10,
                    1024..=2047 => 11,
                    _ => 12,
                };
            }
        }
    }
    total
}

/// How long run-length data becomes (ISO 32000-1 §7.4.5).
fn runs(data: &[u8]) -> u64 {
    let (mut at, mut total) = (0, 0_u64);
    while let Some(byte) = data.get(at).filter(|byte| **byte != 128) {
        let (step, length) = if *byte < 128 {
            (usize::from(*byte) + 2, u64::from(*byte) + 1)
        } else {
            (2, 257 - u64::from(*byte))
        };
        at += step;
        total += length;
    }
    total
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
