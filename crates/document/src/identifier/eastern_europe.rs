//! Poland, Czechia, Slovakia, Hungary, Romania, Bulgaria, the states of former Yugoslavia, Albania, Moldova, Ukraine,
//! Russia and Turkey.

use jiff::ToSpan;

use super::arithmetic::{
    Checked, NOTHING, born, date, digits, formed, holds, may_be, mod_11_10, number, odd_male, of_digits,
    plain, weighted,
};
use super::scheme::{Kind, Scheme, row};
use super::verdict::{Birth, Encoded, Fault, Sex};

pub(super) const SCHEMES: &[Scheme] = &[
    row("pl_pesel", "POL", Kind::Person, "PESEL", "9999999999c", pl_pesel),
    row("pl_id_card", "POL", Kind::Document, "Numer dowodu | Identity card number", "AAAc99999", pl_id_card),
    row("pl_passport", "POL", Kind::Document, "Nr paszportu", "AAc999999", pl_passport),
    row("cz_rodne_cislo", "CZE", Kind::Person, "Rodné číslo", "999999/999c", rodne_cislo),
    row("sk_rodne_cislo", "SVK", Kind::Person, "Rodné číslo", "999999/999c", rodne_cislo),
    row("hu_szemelyi", "HUN", Kind::Person, "Személyi azonosító", "9999999999c", hu_szemelyi),
    row("hu_adoazonosito", "HUN", Kind::Register, "Adóazonosító jel", "999999999c", hu_adoazonosito),
    row("hu_taj", "HUN", Kind::Register, "TAJ szám", "99999999c", hu_taj),
    row("ro_cnp", "ROU", Kind::Person, "CNP", "999999999999c", ro_cnp),
    row("bg_egn", "BGR", Kind::Person, "ЕГН | EGN", "999999999c", bg_egn),
    row("bg_lnch", "BGR", Kind::Person, "ЛНЧ | LNCh", "999999999c", bg_lnch),
    row("hr_oib", "HRV", Kind::Person, "OIB", "9999999999c", hr_oib),
    row("si_emso", "SVN", Kind::Person, "EMŠO", "999999999999c", jmbg),
    row("rs_jmbg", "SRB", Kind::Person, "JMBG | ЈМБГ", "999999999999c", jmbg),
    row("ba_jmbg", "BIH", Kind::Person, "JMBG | ЈМБ", "999999999999c", jmbg),
    row("me_jmbg", "MNE", Kind::Person, "JMBG", "999999999999c", jmbg),
    row("mk_embg", "MKD", Kind::Person, "ЕМБГ | EMBG", "999999999999c", jmbg),
    row("al_nid", "ALB", Kind::Person, "NID | Numri personal", "A99999999A", al_nid),
    row("md_idnp", "MDA", Kind::Person, "IDNP", "999999999999c", md_idnp),
    row("ua_rnokpp", "UKR", Kind::Register, "РНОКПП | RNTRC", "999999999c", ua_rnokpp),
    row("ru_inn", "RUS", Kind::Register, "ИНН", "9999999999cc", ru_inn),
    row("ru_snils", "RUS", Kind::Register, "СНИЛС", "999999999cc", ru_snils),
    row("tr_tckn", "TUR", Kind::Person, "T.C. Kimlik No", "999999999cc", tr_tckn),
];

/// The month tells the century: 80 to 92 for the 1800s, then 0, 20, 40 and 60 more.
fn pl_pesel(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    holds(weighted(&d, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10))?;
    let month = number(&d[2..4]) as u32;
    let century = [1900, 2000, 2100, 2200, 1800][(month / 20) as usize];
    let birth = born(century + number(&d[..2]) as u32, month % 20, number(&d[4..6]) as u32)?;
    Ok(Encoded { birth, sex: Some(odd_male(d[9])) })
}

/// Letters, then digits, under weights whose check digit comes out at a sum of tens.
fn polish(text: &str, letters: usize, weights: [u32; 9]) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 9 {
        return Err(Fault::Length);
    }
    formed(text[..letters].bytes().all(|byte| byte.is_ascii_uppercase()))?;
    of_digits(&text[letters..])?;
    let values: Vec<u32> = text.chars().filter_map(|character| character.to_digit(36)).collect();
    holds(weighted(&values, &weights).is_multiple_of(10))?;
    Ok(NOTHING)
}

fn pl_id_card(text: &str) -> Checked {
    polish(text, 3, [7, 3, 1, 9, 7, 3, 1, 7, 3])
}

fn pl_passport(text: &str) -> Checked {
    polish(text, 2, [7, 3, 9, 1, 7, 3, 1, 7, 3])
}

/// Women add 50 to the month, and 20 are added where a day's numbers are used up. Nine digits, without check, until
/// 1953.
fn rodne_cislo(text: &str) -> Checked {
    let d = of_digits(&plain(text))?;
    if !(9..=10).contains(&d.len()) {
        return Err(Fault::Length);
    }
    let (year, month, day) = (number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32);
    let century = match (d.len(), year) {
        (9, 80..) => 1800,
        (9, 54..) => return Err(Fault::Length),
        (9, _) | (_, 54..) => 1900,
        _ => 2000,
    };
    let birth = born(century + year, month % 50 % 20, day)?;
    if let Some(check) = d.get(9) {
        holds(number(&d[..9]) % 11 % 10 == u64::from(*check))?;
    }
    Ok(Encoded { birth, sex: Some(if month > 50 { Sex::Female } else { Sex::Male }) })
}

/// Sex and century, birth date, order; the weights of those born since 1997 run down.
fn hu_szemelyi(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    let century = match d[0] {
        1 | 2 => 1900,
        3 | 4 if d[1] < 5 => 2000,
        3 | 4 => 1800,
        _ => return Err(Fault::Component),
    };
    let birth = born(century + number(&d[1..3]) as u32, number(&d[3..5]) as u32, number(&d[5..7]) as u32)?;
    let late = birth.is_some_and(|birth| birth.year >= 1997);
    let weights: [u32; 10] =
        if late { [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] } else { [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
    holds(weighted(&d[..10], &weights) % 11 == d[10])?;
    Ok(Encoded { birth, sex: Some(odd_male(d[0])) })
}

/// An 8, the days since 1 January 1867, order.
fn hu_adoazonosito(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    holds(weighted(&d[..9], &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == d[9])?;
    may_be(d[0] == 8)?;
    Ok(Encoded { birth: days_after(1867, number(&d[1..6]))?, sex: None })
}

fn days_after(year: u32, days: u64) -> Result<Option<Birth>, Fault> {
    let first = date(year, 1, 1).ok_or(Fault::Component)?;
    let day = first
        .checked_add(i32::try_from(days).unwrap_or(i32::MAX).min(99_999).days())
        .map_err(|_| Fault::Component)?;
    born(day.year() as u32, day.month() as u32, day.day() as u32)
}

fn hu_taj(text: &str) -> Checked {
    let d = digits::<9>(text)?;
    holds(weighted(&d[..8], &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == d[8])?;
    Ok(NOTHING)
}

/// Sex and century, birth date, county (01 to 48, 51, 52, 70 and 80), order.
fn ro_cnp(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    may_be(d[0] != 0)?;
    let century = match d[0] {
        3 | 4 => 1800,
        5 | 6 => 2000,
        _ => 1900,
    };
    let birth = born(century + number(&d[1..3]) as u32, number(&d[3..5]) as u32, number(&d[5..7]) as u32)?;
    may_be(matches!(number(&d[7..9]), 1..=48 | 51 | 52 | 70 | 80..=83))?;
    let rest = weighted(&d[..12], &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    holds(d[12] == if rest == 10 { 1 } else { rest })?;
    // Foreigners' numbers do not tell the century.
    let birth = birth.map(|birth| Birth {
        century_known: d[0] < 7,
        year: if d[0] < 7 { birth.year } else { birth.year % 100 },
        ..birth
    });
    Ok(Encoded { birth, sex: if d[0] < 9 { Some(odd_male(d[0])) } else { None } })
}

/// 20 are added to the month of those born before 1900, 40 from 2000 on. Even orders are men's.
fn bg_egn(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    holds(weighted(&d[..9], &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == d[9])?;
    let (year, month) = (number(&d[..2]) as u32, number(&d[2..4]) as u32);
    let (century, month) = match month {
        41.. => (2000, month - 40),
        21.. => (1800, month - 20),
        _ => (1900, month),
    };
    let birth = born(century + year, month, number(&d[4..6]) as u32)?;
    Ok(Encoded { birth, sex: Some(odd_male(d[8] + 1)) })
}

fn bg_lnch(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    holds(weighted(&d[..9], &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == d[9])?;
    Ok(NOTHING)
}

fn hr_oib(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    holds(mod_11_10(&d))?;
    Ok(NOTHING)
}

/// Birth date with three digits of the year, region of registration, order (below 500 for men).
fn jmbg(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    holds((11 - weighted(&d[..12], &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == d[12])?;
    let year = number(&d[4..7]) as u32;
    let year = if year < 800 { 2000 + year } else { 1000 + year };
    let birth = born(year, number(&d[2..4]) as u32, number(&d[..2]) as u32)?;
    let sex = if number(&d[9..12]) < 500 { Sex::Male } else { Sex::Female };
    Ok(Encoded { birth, sex: Some(sex) })
}

/// Decade as a letter (A for the 1900s, J for the 1990s, K for the 2000s), year, month (50 more for women), day. The
/// letter at the end follows from a sum that is not public.
fn al_nid(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 10 {
        return Err(Fault::Length);
    }
    let decade = u32::from(text.as_bytes()[0]);
    formed((65..=85).contains(&decade) && text.as_bytes()[9].is_ascii_uppercase())?;
    let d = of_digits(&text[1..9])?;
    let month = number(&d[1..3]) as u32;
    let birth = born(1900 + (decade - 65) * 10 + d[0], month % 50, number(&d[3..5]) as u32)?;
    Ok(Encoded { birth, sex: Some(if month > 50 { Sex::Female } else { Sex::Male }) })
}

fn md_idnp(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    holds(weighted(&d[..12], &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10 == d[12])?;
    Ok(NOTHING)
}

/// Days since 31 December 1899, order, sex (odd for men). The first weight is minus one.
fn ua_rnokpp(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    // Minus one is ten modulo eleven.
    holds(weighted(&d[..9], &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10 == d[9])?;
    let days = number(&d[..5]);
    let birth = if days == 0 { None } else { days_after(1900, days - 1)? };
    Ok(Encoded { birth, sex: Some(odd_male(d[8])) })
}

fn ru_inn(text: &str) -> Checked {
    let d = digits::<12>(text)?;
    let first = weighted(&d[..10], &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
    let second = weighted(&d[..11], &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
    holds([first, second] == [d[10], d[11]])?;
    Ok(NOTHING)
}

/// The sum modulo 101, where 100 counts as 0. Numbers up to 001-001-998 have none.
fn ru_snils(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    if number(&d[..9]) > 1_001_998 {
        let sum = weighted(&d[..9], &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
        holds(u64::from(sum) == number(&d[9..]))?;
    }
    Ok(NOTHING)
}

fn tr_tckn(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    formed(d[0] != 0)?;
    let odd: u32 = d[..9].iter().step_by(2).sum();
    let even: u32 = d[1..8].iter().step_by(2).sum();
    let first = (odd * 7 + 100 - even) % 10;
    holds(first == d[9] && (odd + even + first) % 10 == d[10])?;
    Ok(NOTHING)
}

#[cfg(test)]
mod tests {
    use super::days_after;

    #[test]
    fn days_become_dates() {
        let birth = days_after(1900, 0).expect("a day").expect("a date");
        assert_eq!((birth.year, birth.month, birth.day), (1900, Some(1), Some(1)));
    }
}
