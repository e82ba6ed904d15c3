//! Whether a JPEG was cut off. The decoder fills the rest of a cut picture with grey and says nothing.

const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;

/// Walks the segments to the first scan and looks for the end marker behind it (ITU-T T.81 annex B). An embedded
/// preview with an end marker of its own lies in a segment before the scan and is stepped over.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    first_scan(bytes).is_some_and(|scan| bytes[scan..].windows(2).any(|pair| pair == [0xFF, END_OF_IMAGE]))
}

fn first_scan(bytes: &[u8]) -> Option<usize> {
    let mut position = 2;
    loop {
        while *bytes.get(position)? != 0xFF {
            position += 1;
        }
        while *bytes.get(position)? == 0xFF {
            position += 1;
        }
        let marker = *bytes.get(position)?;
        position += 1;
        match marker {
            START_OF_SCAN => return Some(position),
            // These stand alone, without a length.
            0x00 | 0x01 | 0xD0..=0xD8 => {}
            _ => {
                let length = bytes.get(position..position + 2)?;
                position += usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
        }
    }
}
