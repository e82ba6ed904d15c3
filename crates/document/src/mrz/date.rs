//! Dates of six characters: which century, and what is missing (ICAO 9303-3 §4.8).

use jiff::civil::Date;

/// What a date field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadDate {
    Full(Date),
    /// Month or day, or everything, is given as fillers: lawful for a birth date.
    Partial,
    /// Fillers throughout.
    Absent,
    /// No such day, or characters that no date has.
    Impossible,
}

/// A birth date. The zone has no century and the standard leaves it to the reader; nobody is born in the future, so
/// the most recent century is taken that does not lie after `today`, nor after `expiry` where that is known.
pub(super) fn birth_date(text: &str, today: Date, expiry: Option<Date>) -> ReadDate {
    let limit = expiry.map_or(today, |expiry| expiry.min(today));
    read(text, |year, month, day| {
        let century = i16::from(limit.year() >= 2000) * 100 + 1900;
        [century + year, century - 100 + year]
            .into_iter()
            .find_map(|year| Date::new(year, month, day).ok().filter(|date| *date <= limit))
    })
}

/// An expiry date: the one from 50 years before to 49 years after `today`'s year, as no document is issued for
/// longer and hardly one is shown later.
pub(super) fn expiry_date(text: &str, today: Date) -> ReadDate {
    read(text, |year, month, day| {
        let first = today.year() - 50;
        let year = first + (year - first).rem_euclid(100);
        Date::new(year, month, day).ok()
    })
}

fn read(text: &str, place: impl Fn(i16, i8, i8) -> Option<Date>) -> ReadDate {
    if !text.is_ascii() || text.len() != 6 {
        return ReadDate::Impossible;
    }
    let part = |range: std::ops::Range<usize>| match &text[range] {
        "<<" => Ok(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(digits.parse::<i8>().ok()),
        _ => Err(()),
    };
    match (part(0..2), part(2..4), part(4..6)) {
        (Ok(Some(year)), Ok(Some(month)), Ok(Some(day))) => {
            place(i16::from(year), month, day).map_or(ReadDate::Impossible, ReadDate::Full)
        }
        (Ok(None), Ok(None), Ok(None)) => ReadDate::Absent,
        (Ok(_), Ok(month), Ok(day))
            if month.is_none_or(|month| (1..=12).contains(&month))
                && day.is_none_or(|day| (1..=31).contains(&day)) =>
        {
            ReadDate::Partial
        }
        _ => ReadDate::Impossible,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{ReadDate, birth_date, expiry_date};

    #[test]
    fn nobody_is_born_in_the_future() {
        let today = date(2026, 11, 22);
        for (text, expected) in [
            ("261122", ReadDate::Full(date(2026, 11, 22))),
            ("261123", ReadDate::Full(date(1926, 11, 23))),
            ("000229", ReadDate::Full(date(2000, 2, 29))),
            ("270101", ReadDate::Full(date(1927, 1, 1))),
            ("740230", ReadDate::Impossible),
            ("74<<<<", ReadDate::Partial),
            ("7408<<", ReadDate::Partial),
            ("7413<<", ReadDate::Impossible),
            ("7<0812", ReadDate::Impossible),
            ("<<<<<<", ReadDate::Absent),
            ("74081", ReadDate::Impossible),
            ("７40812", ReadDate::Impossible),
        ] {
            assert_eq!(birth_date(text, today, None), expected, "{text}");
        }
    }

    #[test]
    fn nobody_is_born_after_the_document_ran_out() {
        let today = date(2026, 11, 22);
        let expiry = Some(date(2020, 1, 1));
        assert_eq!(birth_date("250101", today, expiry), ReadDate::Full(date(1925, 1, 1)));
        assert_eq!(birth_date("740812", date(1999, 1, 1), None), ReadDate::Full(date(1974, 8, 12)));
    }

    #[test]
    fn expiry_lies_within_fifty_years_of_today() {
        let today = date(2026, 11, 22);
        for (text, expected) in [
            ("310902", ReadDate::Full(date(2031, 9, 2))),
            ("961210", ReadDate::Full(date(1996, 12, 10))),
            ("751231", ReadDate::Full(date(2075, 12, 31))),
            ("760101", ReadDate::Full(date(1976, 1, 1))),
            ("230229", ReadDate::Impossible),
            ("<<<<<<", ReadDate::Absent),
        ] {
            assert_eq!(expiry_date(text, today), expected, "{text}");
        }
    }
}
