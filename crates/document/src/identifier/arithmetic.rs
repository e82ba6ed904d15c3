//! The sums that check digits are made of.

use jiff::civil::Date;

use super::verdict::{Birth, Encoded, Fault, Sex};

/// What a check returns.
pub(super) type Checked = Result<Encoded, Fault>;

/// Nothing but the number itself.
pub(super) const NOTHING: Encoded = Encoded { birth: None, sex: None };

/// Upper case, without the signs that part groups; digits of other scripts as ours.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| {
            !character.is_whitespace()
                && !"-./:()\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}".contains(*character)
        })
        .flat_map(char::to_uppercase)
        .map(|character| match character {
            '\u{660}'..='\u{669}' => char::from(b'0' + (u32::from(character) - 0x660) as u8),
            '\u{6f0}'..='\u{6f9}' => char::from(b'0' + (u32::from(character) - 0x6f0) as u8),
            other => other,
        })
        .collect()
}

/// Exactly `N` digits.
pub(super) fn digits<const N: usize>(text: &str) -> Result<[u32; N], Fault> {
    of_digits(&plain(text))?.try_into().map_err(|_| Fault::Length)
}

/// Digits only, as many as there are.
pub(super) fn of_digits(text: &str) -> Result<Vec<u32>, Fault> {
    if text.is_empty() || text.len() > 64 {
        return Err(Fault::Length);
    }
    text.chars().map(|character| character.to_digit(10).ok_or(Fault::Format)).collect()
}

/// The number that digits make.
pub(super) fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0_u64, |sum, digit| sum.wrapping_mul(10).wrapping_add(u64::from(*digit)))
}

/// Sum of products; the shorter side decides.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

pub(super) fn holds(check: bool) -> Result<(), Fault> {
    if check { Ok(()) } else { Err(Fault::CheckDigit) }
}

pub(super) fn may_be(part: bool) -> Result<(), Fault> {
    if part { Ok(()) } else { Err(Fault::Component) }
}

pub(super) fn formed(text: bool) -> Result<(), Fault> {
    if text { Ok(()) } else { Err(Fault::Format) }
}

/// Luhn's sum over digits, the last of which is the check digit (ISO/IEC 7812-1).
pub(super) fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { *digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    sum.is_multiple_of(10)
}

/// Verhoeff's scheme over the dihedral group of ten elements, check digit last.
pub(super) fn verhoeff(digits: &[u32]) -> bool {
    const TURN: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted = |digit: u32, times: usize| (0..times % 8).fold(digit, |digit, _| TURN[digit as usize]);
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    digits.iter().rev().enumerate().fold(0, |sum, (at, digit)| product(sum, permuted(*digit, at))) == 0
}

/// ISO/IEC 7064, MOD 11,10: the check digit is the last.
pub(super) fn mod_11_10(digits: &[u32]) -> bool {
    let Some((last, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (product + last) % 10 == 1
}

/// A birth date with all its digits.
pub(super) fn born(year: u32, month: u32, day: u32) -> Result<Option<Birth>, Fault> {
    let date = date(year, month, day).ok_or(Fault::Component)?;
    Ok(Some(Birth {
        year: date.year(),
        century_known: true,
        month: Some(date.month()),
        day: Some(date.day()),
    }))
}

/// A birth date whose century is not known; 29 February passes if either century has it.
pub(super) fn born_in_some_century(year: u32, month: u32, day: u32) -> Result<Option<Birth>, Fault> {
    let date =
        date(2000 + year, month, day).or_else(|| date(1900 + year, month, day)).ok_or(Fault::Component)?;
    Ok(Some(Birth {
        year: year as i16,
        century_known: false,
        month: Some(date.month()),
        day: Some(date.day()),
    }))
}

pub(super) fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Odd numbers for men.
pub(super) fn odd_male(digit: u32) -> Sex {
    if digit % 2 == 1 { Sex::Male } else { Sex::Female }
}

/// The ICAO weights 7, 3, 1 over letters and digits, modulo 10.
pub(super) fn seven_three_one(text: &str) -> u32 {
    text.chars()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight)
        .sum::<u32>()
        % 10
}

#[cfg(test)]
mod tests {
    use super::{luhn, mod_11_10, of_digits, plain, verhoeff};

    #[test]
    fn the_sums_hold_for_worked_examples() {
        let list = |text: &str| of_digits(text).expect("digits");
        assert!(luhn(&list("79927398713")) && !luhn(&list("79927398710")));
        assert!(verhoeff(&list("2363")) && !verhoeff(&list("2364")));
        assert!(mod_11_10(&list("07945")) && !mod_11_10(&list("07946")));
        assert_eq!(plain("12.345-6/٧ x"), "1234567X");
    }
}
