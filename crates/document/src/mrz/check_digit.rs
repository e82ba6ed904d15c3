//! The 7-3-1 check digit of ICAO 9303-3 §4.9.

/// Check digit of a text of `A`–`Z`, `0`–`9` and `<`; any other character counts as zero.
///
/// Weights 7, 3, 1 repeat from the left and the sum is taken modulo 10, so it is blind to a substitution whose
/// values differ by a multiple of 10 (`0`/`A`/`K`/`U`, `1`/`B`/`L`/`V`, …, and `<` with `0`, `A`, `K`, `U`):
/// [`same_value`] says which.
pub fn check_digit(text: &str) -> char {
    let sum =
        text.chars().zip([7, 3, 1].into_iter().cycle()).map(|(character, weight)| value(character) * weight);
    char::from_digit(sum.sum::<u32>() % 10, 10).expect("a number below ten is a digit")
}

/// Whether no check digit can tell these two characters apart (their values are equal modulo 10).
pub(super) fn same_value(a: char, b: char) -> bool {
    value(a) % 10 == value(b) % 10
}

/// `0`–`9` count as themselves, `A`–`Z` as 10 to 35, the filler as 0.
fn value(character: char) -> u32 {
    if character.is_ascii_digit() || character.is_ascii_uppercase() {
        character.to_digit(36).unwrap_or(0)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::{check_digit, same_value};

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
        assert!(same_value('0', 'A') && same_value('<', '0') && same_value('1', 'L') && same_value('6', 'G'));
        assert!(!same_value('O', '0') && !same_value('I', '1') && !same_value('B', '8'));
        assert_eq!(check_digit("AB2134<<<"), check_digit("0B2134<<<"));
    }
}
