//! The Americas.

use super::arithmetic::{
    Checked, NOTHING, born, born_in_some_century, digits, formed, holds, luhn, may_be, number, odd_male,
    of_digits, plain, weighted,
};
use super::scheme::{Kind, Scheme, row};
use super::verdict::{Encoded, Fault, Sex};

pub(super) const SCHEMES: &[Scheme] = &[
    row("br_cpf", "BRA", Kind::Person, "CPF", "999999999cc", br_cpf),
    row("br_cnh", "BRA", Kind::Document, "Nº registro | CNH", "999999999cc", br_cnh),
    row("br_pis", "BRA", Kind::Register, "PIS | PASEP | NIS | NIT", "9999999999c", br_pis),
    row("cl_rut", "CHL", Kind::Person, "RUN | RUT", "99999999c", cl_rut),
    row("ar_cuit", "ARG", Kind::Register, "CUIL | CUIT", "9999999999c", ar_cuit),
    row("ar_dni", "ARG", Kind::Person, "Documento | DNI", "99999999", ar_dni),
    row("uy_ci", "URY", Kind::Person, "C.I. | Cédula de identidad", "9999999c", uy_ci),
    row("py_ruc", "PRY", Kind::Register, "RUC", "9999999c", py_ruc),
    row("bo_ci", "BOL", Kind::Person, "C.I. | N°", "99999999", bo_ci),
    row("pe_dni", "PER", Kind::Person, "DNI | CUI", "99999999c", pe_dni),
    row("ec_ci", "ECU", Kind::Person, "C.I. | Cédula | NUI", "999999999c", ec_ci),
    row("co_cedula", "COL", Kind::Person, "Cédula | NUIP", "9999999999", co_cedula),
    row("co_nit", "COL", Kind::Register, "NIT", "999999999c", co_nit),
    row("ve_rif", "VEN", Kind::Register, "RIF", "A99999999c", ve_rif),
    row("mx_curp", "MEX", Kind::Person, "CURP", "AAAA999999AAAAAAXc", mx_curp),
    row("mx_rfc", "MEX", Kind::Register, "RFC", "AAAA999999XXc", mx_rfc),
    row("do_cedula", "DOM", Kind::Person, "Cédula", "9999999999c", do_cedula),
    row("cr_cedula", "CRI", Kind::Person, "Cédula", "999999999", cr_cedula),
    row("gt_cui", "GTM", Kind::Person, "CUI", "99999999c9999", gt_cui),
    row("gt_nit", "GTM", Kind::Register, "NIT", "9999999c", gt_nit),
    row("cu_ni", "CUB", Kind::Person, "Carné de identidad", "99999999999", cu_ni),
    row("us_ssn", "USA", Kind::Register, "Social Security Number", "999-99-9999", us_ssn),
    row("us_itin", "USA", Kind::Register, "ITIN", "999-99-9999", us_itin),
    row("ca_sin", "CAN", Kind::Register, "SIN | NAS", "99999999c", ca_sin),
];

/// Two digits modulo 11; eleven equal digits satisfy both and were never issued.
fn br_cpf(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    formed(d.iter().any(|digit| *digit != d[0]))?;
    let digit = |sum: u32| (11 - sum % 11) % 11 % 10;
    let first = digit(weighted(&d[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]));
    let second = digit(weighted(&d[..10], &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]));
    holds([first, second] == [d[9], d[10]])?;
    Ok(NOTHING)
}

/// The second digit is two less where the first sum left ten.
fn br_cnh(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    formed(d.iter().any(|digit| *digit != d[0]))?;
    let first = weighted(&d[..9], &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
    let less = if first == 10 { 2 } else { 0 };
    let second = weighted(&d[..9], &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
    let second = if second < less { second + 11 - less } else { second - less };
    holds([first % 10 * u32::from(first < 10), second * u32::from(second < 10)] == [d[9], d[10]])?;
    Ok(NOTHING)
}

fn br_pis(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    holds((11 - weighted(&d[..10], &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == d[10])?;
    Ok(NOTHING)
}

/// Weights 2 to 7 from the right, over and over; ten is the letter K.
fn cl_rut(text: &str) -> Checked {
    let text = plain(text);
    let text = text.strip_prefix("CL").unwrap_or(&text);
    if !text.is_ascii() || !(8..=9).contains(&text.len()) {
        return Err(Fault::Length);
    }
    let (body, check) = text.split_at(text.len() - 1);
    let sum: u32 =
        of_digits(body)?.iter().rev().zip([2, 3, 4, 5, 6, 7].into_iter().cycle()).map(|(d, w)| d * w).sum();
    let expected = match (11 - sum % 11) % 11 {
        10 => 'K',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    formed(check == "K" || check.bytes().all(|byte| byte.is_ascii_digit()))?;
    holds(check.starts_with(expected))?;
    Ok(NOTHING)
}

fn ar_cuit(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    may_be([20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 51, 55].contains(&number(&d[..2])))?;
    let check = 11 - weighted(&d[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    holds(d[10] == if check == 11 { 0 } else { check.min(9) })?;
    let sex = match number(&d[..2]) {
        20 => Some(Sex::Male),
        27 => Some(Sex::Female),
        _ => None,
    };
    Ok(Encoded { birth: None, sex })
}

fn ar_dni(text: &str) -> Checked {
    between(text, 7, 8)
}

fn bo_ci(text: &str) -> Checked {
    between(text, 5, 8)
}

fn co_cedula(text: &str) -> Checked {
    between(text, 6, 10)
}

/// Digits without a check digit.
fn between(text: &str, least: usize, most: usize) -> Checked {
    let count = of_digits(&plain(text))?.len();
    if (least..=most).contains(&count) { Ok(NOTHING) } else { Err(Fault::Length) }
}

/// Seven digits, or six of old numbers, and a check digit.
fn uy_ci(text: &str) -> Checked {
    let text = plain(text);
    let d = digits::<8>(&if text.len() == 7 { format!("0{text}") } else { text })?;
    holds((10 - weighted(&d[..7], &[2, 9, 8, 7, 6, 3, 4]) % 10) % 10 == d[7])?;
    Ok(NOTHING)
}

fn py_ruc(text: &str) -> Checked {
    let d = of_digits(&plain(text))?;
    if !(5..=9).contains(&d.len()) {
        return Err(Fault::Length);
    }
    let (check, body) = d.split_last().ok_or(Fault::Length)?;
    let sum: u32 = body.iter().rev().zip(2..).map(|(digit, weight)| digit * weight).sum();
    holds((11 - sum % 11) % 11 % 10 == *check)?;
    Ok(NOTHING)
}

/// Eight digits, and on newer cards a ninth character: a digit or the letter that stands for the same remainder.
fn pe_dni(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if !(8..=9).contains(&text.len()) {
        return Err(Fault::Length);
    }
    let rest = (weighted(&of_digits(&text[..8])?, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) as usize;
    if let Some(check) = text.as_bytes().get(8) {
        holds(*check == b"65432110987"[rest] || *check == b"KJIHGFEDCBA"[rest])?;
    }
    Ok(NOTHING)
}

/// Province, a digit below 7, order, and Luhn's digit.
fn ec_ci(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    may_be(matches!(number(&d[..2]), 1..=24 | 30 | 50) && d[2] <= 6)?;
    holds(luhn(&d))?;
    Ok(NOTHING)
}

fn co_nit(text: &str) -> Checked {
    let d = of_digits(&plain(text))?;
    if !(8..=16).contains(&d.len()) {
        return Err(Fault::Length);
    }
    let (check, body) = d.split_last().ok_or(Fault::Length)?;
    let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];
    let sum: u32 = body.iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    holds([0, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1][(sum % 11) as usize] == *check)?;
    Ok(NOTHING)
}

fn ve_rif(text: &str) -> Checked {
    let text = plain(text);
    let kind = match text.chars().next() {
        Some('V') => 4,
        Some('E') => 8,
        Some('J') => 12,
        Some('P') => 16,
        Some('G') => 20,
        _ => return Err(Fault::Component),
    };
    let d = digits::<9>(&text[1..])?;
    let sum = kind + weighted(&d[..8], &[3, 2, 7, 6, 5, 4, 3, 2]);
    holds([0, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1][(sum % 11) as usize] == d[8])?;
    Ok(NOTHING)
}

/// Names, birth date, sex, state, consonants, a character that tells the century (digit or letter), check digit.
fn mx_curp(text: &str) -> Checked {
    const STATES: &str =
        "AS BC BS CC CH CL CM CS DF DG GR GT HG JC MC MN MS NE NL NT OC PL QR QT SL SP SR TC TL TS VZ YN ZS";
    let text: Vec<char> = plain(text).chars().collect();
    if text.len() != 18 {
        return Err(Fault::Length);
    }
    let letter = |at: usize| text[at].is_ascii_uppercase() || text[at] == 'Ñ';
    formed([0, 1, 2, 3, 10, 11, 12, 13, 14, 15].iter().all(|at| letter(*at)) && text[17].is_ascii_digit())?;
    let d = of_digits(&text[4..10].iter().collect::<String>())?;
    // The century's character is a digit for those born before 2000.
    formed(text[16].is_ascii_digit() || letter(16))?;
    let century = if text[16].is_ascii_digit() { 1900 } else { 2000 };
    let sex = match text[10] {
        'H' => Some(Sex::Male),
        'M' => Some(Sex::Female),
        'X' => None,
        _ => return Err(Fault::Component),
    };
    let state: String = text[11..13].iter().collect();
    may_be(STATES.split(' ').any(|known| known == state))?;
    let value = |character: &char| match character {
        'Ñ' => 24,
        'O'..='Z' => *character as u32 - 'O' as u32 + 25,
        other => other.to_digit(36).unwrap_or(0),
    };
    let sum: u32 =
        text[..17].iter().zip((2..=18).rev()).map(|(character, weight)| value(character) * weight).sum();
    holds(char::from_digit((10 - sum % 10) % 10, 10) == Some(text[17]))?;
    let birth = born(century + number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32)?;
    Ok(Encoded { birth, sex })
}

/// Persons have four letters and the birth date, companies three; three characters follow, the last of them a check.
fn mx_rfc(text: &str) -> Checked {
    const ALPHABET: &str = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
    let text: Vec<char> = plain(text).chars().collect();
    let letters = match text.len() {
        13 => 4,
        12 => 3,
        _ => return Err(Fault::Length),
    };
    let letter = |character: &char| character.is_ascii_uppercase() || matches!(character, '&' | 'Ñ');
    formed(text[..letters].iter().all(letter))?;
    let d = of_digits(&text[letters..letters + 6].iter().collect::<String>())?;
    // The first two are a number below a thousand to the base 34, without 0 and O.
    let rest = &text[letters + 6..];
    formed(matches!(rest[0], '1'..='9' | 'A'..='V') && matches!(rest[1], '1'..='9' | 'A'..='Z'))?;
    let value = |character: char| ALPHABET.chars().position(|known| known == character).unwrap_or(0) as u32;
    let padded = std::iter::repeat_n(' ', 4 - letters).chain(text[..text.len() - 1].iter().copied());
    let sum: u32 = padded.zip((2..=13).rev()).map(|(character, weight)| value(character) * weight).sum();
    let expected = match (11 - sum % 11) % 11 {
        10 => Some('A'),
        digit => char::from_digit(digit, 10),
    };
    let birth =
        born_in_some_century(number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32)?;
    holds(expected == text.last().copied())?;
    Ok(Encoded { birth: birth.filter(|_| letters == 4), sex: None })
}

fn do_cedula(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    holds(luhn(&d))?;
    Ok(NOTHING)
}

/// Province or kind, volume and entry; often written with zeros to make ten digits.
fn cr_cedula(text: &str) -> Checked {
    let d = of_digits(&plain(text))?;
    match d.len() {
        9 => may_be((1..=9).contains(&d[0]))?,
        10 => may_be(d[0] == 0)?,
        _ => return Err(Fault::Length),
    }
    Ok(NOTHING)
}

/// Eight digits under weights 2 to 9 modulo 11, then department (1 to 22) and municipality.
fn gt_cui(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    holds(weighted(&d[..8], &[2, 3, 4, 5, 6, 7, 8, 9]) % 11 == d[8])?;
    may_be((1..=22).contains(&number(&d[9..11])) && number(&d[11..]) > 0)?;
    Ok(NOTHING)
}

fn gt_nit(text: &str) -> Checked {
    let text = plain(text);
    let text = text.trim_start_matches('0');
    if !text.is_ascii() || !(2..=12).contains(&text.len()) {
        return Err(Fault::Length);
    }
    let (body, check) = text.split_at(text.len() - 1);
    let sum: u32 = of_digits(body)?.iter().rev().zip(2..).map(|(digit, weight)| digit * weight).sum();
    let expected = match (11 - sum % 11) % 11 {
        10 => 'K',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    formed(check == "K" || check.bytes().all(|byte| byte.is_ascii_digit()))?;
    holds(check.starts_with(expected))?;
    Ok(NOTHING)
}

/// Birth date, century (9: 1800s, 0 to 5: 1900s, 6 to 8: 2000s), order; even tenth digits are men's.
fn cu_ni(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    let century = match d[6] {
        9 => 1800,
        0..=5 => 1900,
        _ => 2000,
    };
    let birth = born(century + number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32)?;
    Ok(Encoded { birth, sex: Some(odd_male(d[9] + 1)) })
}

/// Areas 000, 666 and from 900, groups 00 and serials 0000 are not issued; three numbers were printed as samples.
fn us_ssn(text: &str) -> Checked {
    let d = digits::<9>(text)?;
    let (area, group, serial) = (number(&d[..3]), number(&d[3..5]), number(&d[5..]));
    may_be(area != 0 && area != 666 && area < 900 && group != 0 && serial != 0)?;
    may_be(![78_051_120, 457_555_462, 219_099_999].contains(&number(&d)))?;
    Ok(NOTHING)
}

/// Areas from 900 with groups 50 to 65, 70 to 88, 90 to 92 and 94 to 99.
fn us_itin(text: &str) -> Checked {
    let d = digits::<9>(text)?;
    may_be(d[0] == 9 && matches!(number(&d[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99))?;
    Ok(NOTHING)
}

/// Numbers that begin with 0 or 8 are none of persons.
fn ca_sin(text: &str) -> Checked {
    let d = digits::<9>(text)?;
    may_be(d[0] != 0 && d[0] != 8)?;
    holds(luhn(&d))?;
    Ok(NOTHING)
}
