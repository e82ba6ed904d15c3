//! A PNG without what pixels do not need: texts, colour profiles and animation frames, which may be compressed a
//! thousandfold and would be unpacked for nothing.

const SIGNATURE: usize = 8;
/// Chunks that make the pixels, and the one that says which way up they are (PNG, third edition, §11).
const ESSENTIAL: [&[u8; 4]; 6] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf"];

/// The file with its essential chunks only. Where the chunks do not fit together, the rest is kept as it is: the
/// decoder says what is wrong with it.
pub(super) fn essential(bytes: &[u8]) -> Vec<u8> {
    let mut kept = bytes.get(..SIGNATURE).unwrap_or(bytes).to_vec();
    let mut rest = bytes.get(SIGNATURE..).unwrap_or_default();
    while let Some((head, _)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some((chunk, after)) = length.checked_add(12).and_then(|whole| rest.split_at_checked(whole))
        else {
            break;
        };
        if ESSENTIAL.iter().any(|name| name[..] == head[4..]) {
            kept.extend_from_slice(chunk);
        }
        rest = after;
    }
    kept.extend_from_slice(rest);
    kept
}
