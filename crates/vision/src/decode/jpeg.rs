//! What a JPEG's segments say before it is decoded: whether it was cut off, which the decoder would fill up with grey
//! and not mention, and how much room it needs.

const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;
/// Start of a progressive frame, Huffman coded.
const PROGRESSIVE: u8 = 0xC2;

/// Walks the segments to the first scan and looks for the end marker behind it (ITU-T T.81 annex B). An embedded
/// preview with an end marker of its own lies in a segment before the scan and is stepped over.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    first_scan(bytes).is_some_and(|scan| bytes[scan..].windows(2).any(|pair| pair == [0xFF, END_OF_IMAGE]))
}

/// Bytes per pixel that the coefficients of a progressive file take; none for other files.
pub(super) fn coefficient_bytes(bytes: &[u8]) -> Option<u64> {
    let frame = bytes.get(segments(bytes).find(|(marker, _)| *marker == PROGRESSIVE)?.1)?;
    // Length, precision, height, width, count, then three bytes per component: identifier, sampling factors, table.
    let samples: Vec<u64> = frame
        .get(8..)?
        .chunks_exact(3)
        .map(|part| u64::from(part[1] >> 4) * u64::from(part[1] & 15))
        .collect();
    let largest = samples.iter().copied().max()?.max(1);
    Some((2 * samples.iter().sum::<u64>()).div_ceil(largest))
}

/// Where the data of the first scan begins.
fn first_scan(bytes: &[u8]) -> Option<usize> {
    segments(bytes).find(|(marker, _)| *marker == START_OF_SCAN).map(|(_, body)| body.start)
}

/// Markers and the places of what follows each, its two bytes of length included, up to the first scan.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, std::ops::Range<usize>)> {
    let mut position = 2;
    std::iter::from_fn(move || {
        loop {
            while *bytes.get(position)? != 0xFF {
                position += 1;
            }
            while *bytes.get(position)? == 0xFF {
                position += 1;
            }
            let marker = *bytes.get(position)?;
            position += 1;
            // These stand alone, without a length.
            if matches!(marker, 0x00 | 0x01 | 0xD0..=0xD8) {
                continue;
            }
            let begin = position;
            if marker == START_OF_SCAN {
                position = bytes.len();
                return Some((marker, begin..begin));
            }
            let length = bytes.get(position..position + 2)?;
            position += usize::from(u16::from_be_bytes([length[0], length[1]]));
            return Some((marker, begin..position));
        }
    })
}
