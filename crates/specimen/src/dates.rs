//! Dates as issuers print them.

use crate::person::BirthDate;
use crate::scheme::DateStyle;
use crate::words::Language;

/// A date in a style; what is unknown of a birth date is `XX`.
pub(crate) fn written(birth: BirthDate, style: DateStyle, language: Language) -> String {
    let part = |part: Option<i8>| part.map_or("XX".to_owned(), |part| format!("{part:02}"));
    let (year, month, day) = (birth.year, part(birth.month), part(birth.day));
    let word = |language: Language| {
        birth
            .month
            .map_or("XXX", |month| language.months()[usize::from(month.unsigned_abs()).clamp(1, 12) - 1])
    };
    match style {
        DateStyle::Words => format!("{day} {} {year}", word(Language::English)),
        DateStyle::National => format!("{day} {} {year}", word(language)),
        DateStyle::Dots => format!("{day}.{month}.{year}"),
        DateStyle::Spaces => format!("{day} {month} {year}"),
        DateStyle::Iso => format!("{year}-{month}-{day}"),
        DateStyle::Slashes => format!("{day}/{month}/{year}"),
        DateStyle::American => format!("{month}/{day}/{year}"),
        DateStyle::Dashes => format!("{day}-{month}-{year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::person::BirthDate;
    use crate::scheme::DateStyle;
    use crate::words::Language;

    #[test]
    fn dates_are_written_as_their_issuers_do() {
        let day = BirthDate { year: 1987, month: Some(5), day: Some(12) };
        for (style, text) in [
            (DateStyle::Words, "12 MAY 1987"),
            (DateStyle::National, "12 MAI 1987"),
            (DateStyle::Dots, "12.05.1987"),
            (DateStyle::American, "05/12/1987"),
            (DateStyle::Slashes, "12/05/1987"),
        ] {
            assert_eq!(written(day, style, Language::French), text);
        }
        let unknown = BirthDate { day: None, ..day };
        assert_eq!(written(unknown, DateStyle::Iso, Language::French), "1987-05-XX");
    }
}
