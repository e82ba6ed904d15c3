//! Sweden, Norway, Denmark and Greenland, Finland, Iceland and the Baltic states.

use super::arithmetic::{
    Checked, NOTHING, born, born_in_some_century, date, digits, formed, holds, luhn, may_be, number,
    odd_male, of_digits, plain, weighted,
};
use super::scheme::{Kind, Scheme, row};
use super::verdict::{Birth, Encoded, Fault};

pub(super) const SCHEMES: &[Scheme] = &[
    row("se_personnummer", "SWE", Kind::Person, "Personnummer", "99999999-999c", se_personnummer),
    row(
        "se_samordningsnummer",
        "SWE",
        Kind::Person,
        "Samordningsnummer",
        "99999999-999c",
        se_samordningsnummer,
    ),
    row(
        "no_fodselsnummer",
        "NOR",
        Kind::Person,
        "Fødselsnummer | Personnummer",
        "999999999cc",
        no_fodselsnummer,
    ),
    row("dk_cpr", "DNK", Kind::Person, "CPR-nr. | Personnummer", "999999-9999", dk_cpr),
    row("gl_cpr", "GRL", Kind::Person, "CPR-nr.", "999999-9999", dk_cpr),
    row("fi_hetu", "FIN", Kind::Person, "Henkilötunnus | Personbeteckning", "999999X999c", fi_hetu),
    row("is_kennitala", "ISL", Kind::Person, "Kennitala", "99999999c9", is_kennitala),
    row("ee_isikukood", "EST", Kind::Person, "Isikukood", "9999999999c", ee_isikukood),
    row("lt_asmens_kodas", "LTU", Kind::Person, "Asmens kodas", "9999999999c", lt_asmens_kodas),
    row("lv_personas_kods", "LVA", Kind::Person, "Personas kods", "999999-9999c", lv_personas_kods),
];

/// Ten digits, a sign that is + from the hundredth birthday on, or twelve with the century.
fn se_personnummer(text: &str) -> Checked {
    swedish(text, 0)
}

/// For those who are not registered as residents: 60 is added to the day.
fn se_samordningsnummer(text: &str) -> Checked {
    swedish(text, 60)
}

fn swedish(text: &str, more_days: u32) -> Checked {
    let d = of_digits(&plain(text).replace('+', ""))?;
    let (century, d) = match d.len() {
        10 => (None, &d[..]),
        12 => (Some(number(&d[..2]) as u32), &d[2..]),
        _ => return Err(Fault::Length),
    };
    holds(luhn(d))?;
    let (year, month) = (number(&d[..2]) as u32, number(&d[2..4]) as u32);
    let day = (number(&d[4..6]) as u32).checked_sub(more_days).ok_or(Fault::Component)?;
    let birth = match century {
        Some(century) => born(century * 100 + year, month, day)?,
        None => born_in_some_century(year, month, day)?,
    };
    Ok(Encoded { birth, sex: Some(odd_male(d[8])) })
}

/// Both digits modulo 11. D numbers add 40 to the day, H numbers 40 to the month; the order tells the century.
fn no_fodselsnummer(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    let sums = [
        weighted(&d[..9], &[3, 7, 6, 1, 8, 9, 4, 5, 2]),
        weighted(&d[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]),
    ];
    holds(sums.map(|sum| (11 - sum % 11) % 11) == [d[9], d[10]])?;
    let (mut day, mut month, year) =
        (number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32);
    may_be(day < 80)?;
    day -= if day > 40 { 40 } else { 0 };
    month -= if month > 40 { 40 } else { 0 };
    let century = match (number(&d[6..9]), year) {
        (0..500, _) | (900.., 40..) => 1900,
        (500..750, 54..) => 1800,
        (500.., 0..40) => 2000,
        _ => return Err(Fault::Component),
    };
    Ok(Encoded { birth: born(century + year, month, day)?, sex: Some(odd_male(d[8])) })
}

/// Since October 2007 numbers are issued that no check digit covers; the seventh digit tells the century.
fn dk_cpr(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    let year = number(&d[4..6]) as u32;
    let century = match (d[6], year) {
        (5..=8, 58..) => 1800,
        (0..=3, _) | (4 | 9, 37..) => 1900,
        _ => 2000,
    };
    let birth = born(century + year, number(&d[2..4]) as u32, number(&d[..2]) as u32)?;
    Ok(Encoded { birth, sex: Some(odd_male(d[9])) })
}

/// The sign tells the century (since 2023 one of several); the character is the number modulo 31.
fn fi_hetu(text: &str) -> Checked {
    const CHARACTERS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";
    let text: String =
        text.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_uppercase();
    formed(text.is_ascii())?;
    if text.len() != 11 {
        return Err(Fault::Length);
    }
    let century = match text.as_bytes()[6] {
        b'+' => 1800,
        b'-' | b'Y' | b'X' | b'W' | b'V' | b'U' => 1900,
        b'A'..=b'F' => 2000,
        _ => return Err(Fault::Format),
    };
    let d = of_digits(&[&text[..6], &text[7..10]].concat())?;
    holds(CHARACTERS[(number(&d) % 31) as usize] == text.as_bytes()[10])?;
    may_be((2..900).contains(&number(&d[6..])))?;
    let birth = born(century + number(&d[4..6]) as u32, number(&d[2..4]) as u32, number(&d[..2]) as u32)?;
    Ok(Encoded { birth, sex: Some(odd_male(d[8])) })
}

/// The last digit tells the century; companies add 40 to the day.
fn is_kennitala(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    holds(weighted(&d, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))?;
    let century = match d[9] {
        9 => 1900,
        0 => 2000,
        _ => return Err(Fault::Format),
    };
    let (day, month, year) =
        (number(&d[..2]) as u32, number(&d[2..4]) as u32, century + number(&d[4..6]) as u32);
    if day > 40 {
        may_be(date(year, month, day - 40).is_some())?;
        return Ok(NOTHING);
    }
    Ok(Encoded { birth: born(year, month, day)?, sex: None })
}

/// The sum of Estonia and Lithuania: weights 1 to 9 and 1, and 3 to 9 and 1 to 3 where that leaves ten.
fn baltic_digit(d: &[u32]) -> u32 {
    let first = weighted(d, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    if first < 10 { first } else { weighted(d, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10 }
}

fn ee_isikukood(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    holds(baltic_digit(&d[..10]) == d[10])?;
    may_be((1..=8).contains(&d[0]))?;
    let year = 1700 + d[0].div_ceil(2) * 100 + number(&d[1..3]) as u32;
    Ok(Encoded {
        birth: born(year, number(&d[3..5]) as u32, number(&d[5..7]) as u32)?,
        sex: Some(odd_male(d[0])),
    })
}

/// As Estonia's; numbers that begin with 9 have no date, and month or day may be unknown.
fn lt_asmens_kodas(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    holds(baltic_digit(&d[..10]) == d[10])?;
    if d[0] == 9 {
        return Ok(NOTHING);
    }
    ee_isikukood(text)
}

/// Birth date, century, order; numbers that begin with 32 tell nothing and have no public sum.
fn lv_personas_kods(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    if d[..2] == [3, 2] {
        return Ok(NOTHING);
    }
    holds((1 + weighted(&d[..10], &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == d[10])?;
    may_be(d[6] <= 2)?;
    let year = 1800 + d[6] * 100 + number(&d[4..6]) as u32;
    let birth: Option<Birth> = born(year, number(&d[2..4]) as u32, number(&d[..2]) as u32)?;
    Ok(Encoded { birth, sex: None })
}
