use super::{PersonOptions, Sex, nations, person};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 22);

fn many(options: PersonOptions) -> impl Iterator<Item = super::Person> {
    (0..3000).map(move |seed| person(seed, TODAY, &options))
}

#[test]
fn the_same_seed_makes_the_same_person_and_another_seed_another() {
    let options = PersonOptions::default();
    assert_eq!(person(5, TODAY, &options), person(5, TODAY, &options));
    assert_ne!(person(5, TODAY, &options), person(6, TODAY, &options));
}

#[test]
fn ages_lie_within_the_years_asked_for_on_the_day() {
    for (minimum_age, maximum_age) in [(18, 88), (16, 17), (0, 3), (21, 21)] {
        let options = PersonOptions { minimum_age, maximum_age, ..PersonOptions::default() };
        for person in many(options).filter(|person| person.birth.day.is_some()) {
            let born = date(person.birth.year, person.birth.month.unwrap(), person.birth.day.unwrap());
            let age = born.until((jiff::Unit::Year, TODAY)).unwrap().get_years();
            assert!((minimum_age..=maximum_age).contains(&age), "{born} is {age}");
        }
    }
}

#[test]
fn documents_are_valid_for_a_month_or_expired_when_asked() {
    for person in many(PersonOptions::default()) {
        assert!(person.expires >= TODAY.saturating_add(jiff::Span::new().days(30)), "{}", person.expires);
        assert!(
            person.issued < TODAY && person.issued < person.expires,
            "{} {}",
            person.issued,
            person.expires
        );
    }
    for person in many(PersonOptions { expired: true, ..PersonOptions::default() }) {
        assert!(person.expires < TODAY && person.issued < person.expires, "{}", person.expires);
    }
}

#[test]
fn a_nation_is_given_when_it_is_known() {
    let of = |code| person(1, TODAY, &PersonOptions { nation: Some(code), ..PersonOptions::default() });
    assert_eq!(of("D").nation.alpha3, "DEU");
    assert_eq!(of("FRA").nation.name, "France");
}

#[test]
fn every_nation_and_every_rare_case_comes_up() {
    let all: Vec<_> = many(PersonOptions::default()).collect();
    for nation in nations::ALL {
        assert!(all.iter().any(|person| person.nation == nation), "{}", nation.code);
    }
    assert!(all.iter().any(|person| person.sex == Sex::Unspecified));
    assert!(all.iter().any(|person| person.birth.day.is_none()));
    assert!(all.iter().any(|person| person.birth.month.is_none()));
    assert!(all.iter().any(|person| person.given_names.is_empty()));
    assert!(all.iter().any(|person| person.surname.contains('\'')));
    assert!(all.iter().any(|person| person.surname.contains('-')));
    assert!(all.iter().any(|person| person.surname.len() + person.given_names.len() > 45));
    assert!(all.iter().any(|person| person.long_number.is_some()));
}

#[test]
fn ordinary_people_have_two_names_a_sex_and_a_whole_birth_date() {
    for person in many(PersonOptions { ordinary: true, ..PersonOptions::default() }) {
        assert!(!person.given_names.is_empty() && !person.surname.is_empty());
        assert!(person.sex != Sex::Unspecified && person.birth.day.is_some());
    }
}

#[test]
fn document_numbers_fit_the_nine_characters_of_a_passport() {
    for person in many(PersonOptions::default()) {
        assert!((7..=9).contains(&person.document_number.len()), "{}", person.document_number);
        assert!(
            person.document_number.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        );
    }
}
