//! The 7-3-1 check digit of ICAO 9303-3 §4.9.

/// The weights, from the left, over and over.
pub(super) const WEIGHTS: [u32; 3] = [7, 3, 1];

/// Check digit of a text of `A`–`Z`, `0`–`9` and `<`; any other character counts as zero.
///
/// Weights 7, 3, 1 repeat from the left and the sum is taken modulo 10, so it is blind to a substitution whose
/// values differ by a multiple of 10: `0`/`A`/`K`/`U`/`<`, `1`/`B`/`L`/`V`, `2`/`C`/`M`/`W`, `3`/`D`/`N`/`X`,
/// `4`/`E`/`O`/`Y`, `5`/`F`/`P`/`Z`, `6`/`G`/`Q`, `7`/`H`/`R`, `8`/`I`/`S`, `9`/`J`/`T`. Any other single substitution
/// changes it.
pub fn check_digit(text: &str) -> char {
    let sum =
        text.chars().zip(WEIGHTS.into_iter().cycle()).map(|(character, weight)| value(character) * weight);
    char::from_digit(sum.sum::<u32>() % 10, 10).expect("a number below ten is a digit")
}

/// `0`–`9` count as themselves, `A`–`Z` as 10 to 35, the filler as 0.
pub(super) fn value(character: char) -> u32 {
    if character.is_ascii_digit() || character.is_ascii_uppercase() {
        character.to_digit(36).unwrap_or(0)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::{check_digit, value};

    #[test]
    fn the_worked_examples_of_the_standard_hold() {
        // ICAO 9303-3 §4.9 and appendix A, 9303-4 appendix B.
        for (text, digit) in
            [("520727", '3'), ("AB2134<<<", '5'), ("L898902C3", '6'), ("ZE184226B<<<<<", '1'), ("", '0')]
        {
            assert_eq!(check_digit(text), digit, "{text}");
        }
    }

    #[test]
    fn characters_of_equal_value_are_its_blind_spots() {
        let twins = |a, b| value(a) % 10 == value(b) % 10;
        assert!(twins('0', 'A') && twins('<', 'K') && twins('1', 'L') && twins('6', 'G'));
        assert!(!twins('O', '0') && !twins('I', '1') && !twins('B', '8'));
        assert_eq!(check_digit("AB2134<<<"), check_digit("0B2134<<<"));
    }
}
