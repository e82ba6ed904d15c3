//! Africa.

use super::arithmetic::{
    Checked, NOTHING, born, born_in_some_century, digits, formed, holds, luhn, may_be, number, odd_male,
    of_digits, plain,
};
use super::scheme::{Kind, Scheme, row};
use super::verdict::{Encoded, Fault, Sex};

pub(super) const SCHEMES: &[Scheme] = &[
    row("za_id", "ZAF", Kind::Person, "Identity Number", "999999999999c", za_id),
    row("eg_national_id", "EGY", Kind::Person, "الرقم القومي", "99999999999999", eg_national_id),
    row("ng_nin", "NGA", Kind::Person, "NIN", "99999999999", ng_nin),
    row("ke_id", "KEN", Kind::Document, "ID Number", "99999999", ke_id),
    row("gh_card", "GHA", Kind::Document, "Personal ID Number", "GHA-999999999-9", gh_card),
    row("ma_cin", "MAR", Kind::Document, "N° CIN | رقم البطاقة", "AA999999", ma_cin),
    row("tn_cin", "TUN", Kind::Document, "N° CIN | رقم بطاقة التعريف", "99999999", tn_cin),
    row("mu_nid", "MUS", Kind::Person, "National Identity Card No.", "A999999XXXXXXc", mu_nid),
];

/// Birth date, sex (from 5000 men), citizen or resident, Luhn's digit.
fn za_id(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    may_be(d[10] <= 1)?;
    holds(luhn(&d))?;
    let birth =
        born_in_some_century(number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32)?;
    Ok(Encoded { birth, sex: Some(if d[6] >= 5 { Sex::Male } else { Sex::Female }) })
}

/// Century (2: 1900s, 3: 2000s), birth date, governorate, order (odd for men) and a digit whose sum is not published.
fn eg_national_id(text: &str) -> Checked {
    let d = digits::<14>(text)?;
    may_be(matches!(d[0], 2 | 3) && matches!(number(&d[7..9]), 1..=4 | 11..=19 | 21..=29 | 31..=35 | 88))?;
    let year = 1700 + d[0] * 100 + number(&d[1..3]) as u32;
    Ok(Encoded {
        birth: born(year, number(&d[3..5]) as u32, number(&d[5..7]) as u32)?,
        sex: Some(odd_male(d[12])),
    })
}

fn ng_nin(text: &str) -> Checked {
    digits::<11>(text)?;
    Ok(NOTHING)
}

fn ke_id(text: &str) -> Checked {
    let count = of_digits(&plain(text))?.len();
    if (7..=9).contains(&count) { Ok(NOTHING) } else { Err(Fault::Length) }
}

fn gh_card(text: &str) -> Checked {
    let text = plain(text);
    let (country, rest) = text.split_at_checked(3).ok_or(Fault::Length)?;
    formed(country.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    digits::<10>(rest)?;
    Ok(NOTHING)
}

fn ma_cin(text: &str) -> Checked {
    let text = plain(text);
    let body = text.trim_start_matches(|character: char| character.is_ascii_uppercase());
    formed((1..=2).contains(&(text.len() - body.len())))?;
    let count = of_digits(body)?.len();
    if (1..=7).contains(&count) { Ok(NOTHING) } else { Err(Fault::Length) }
}

fn tn_cin(text: &str) -> Checked {
    digits::<8>(text)?;
    Ok(NOTHING)
}

/// Initial of the surname, birth date, order, and a check character of base 17.
fn mu_nid(text: &str) -> Checked {
    const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 14 {
        return Err(Fault::Length);
    }
    formed(text.as_bytes()[0].is_ascii_uppercase())?;
    let d = of_digits(&text[1..7])?;
    formed(text[7..].bytes().all(|byte| ALPHABET.as_bytes().contains(&byte)))?;
    let value = |byte: u8| char::from(byte).to_digit(36).unwrap_or(0);
    let sum: u32 = text.bytes().take(13).zip((2..=14).rev()).map(|(byte, weight)| value(byte) * weight).sum();
    holds((17 - sum % 17) % 17 == value(text.as_bytes()[13]))?;
    let birth =
        born_in_some_century(number(&d[4..6]) as u32, number(&d[2..4]) as u32, number(&d[..2]) as u32)?;
    Ok(Encoded { birth, sex: None })
}
