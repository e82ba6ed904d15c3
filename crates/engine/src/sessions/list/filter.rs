//! From what somebody asks to what the store can look for.

use model::id::SessionId;
use store::Scope;
use store::sessions::{Filter, Search};
use uuid::Uuid;

use super::super::record::vendor_hash;
use super::super::terms::{Kind, alternatives, digits, folded, hash, letters_and_digits, words};
use super::{ListSessions, begins, ends};
use crate::Engine;

/// Longer than any number of a session.
const NUMBER_DIGITS: usize = 18;

/// What the sessions of one kind have to be. What only persons' sessions can be is not asked of businesses'.
pub(super) fn of(engine: &Engine, scope: &Scope, wanted: &ListSessions, kind: &'static str) -> Filter {
    let mut filter = Filter {
        kind,
        statuses: wanted.statuses.clone(),
        vendor_hash: wanted.vendor_data.as_ref().map(|vendor| vendor_hash(engine, scope, vendor)),
        workflow_ids: wanted.workflow_ids.clone(),
        created_from: wanted.date_from.map(begins),
        created_before: wanted.date_to.and_then(ends),
        search: wanted.search.as_ref().map(|text| search(engine, scope, text)),
        ..Filter::default()
    };
    let mut found_by = |kind: Kind, values: &Option<Vec<String>>, spelling: fn(&str) -> String| {
        let values = values.iter();
        let hashes = values
            .map(|values| values.iter().map(|value| hash(engine, scope, kind, &spelling(value))).collect());
        filter.terms.extend(hashes);
    };
    found_by(Kind::Country, &wanted.countries, str::to_uppercase);
    found_by(Kind::Warning, &wanted.warnings, str::to_uppercase);
    if kind == "user" {
        found_by(Kind::DocumentType, &wanted.document_types, str::to_uppercase);
        found_by(Kind::DocumentName, &wanted.document_names, folded);
        found_by(Kind::Region, &wanted.regions, folded);
        found_by(Kind::Service, &wanted.api_service.clone().map(|service| vec![service]), str::to_uppercase);
        found_by(
            Kind::DocumentReview,
            &wanted.document_in_review.map(|waits| vec![waits.to_string()]),
            str::to_owned,
        );
        screened(engine, scope, wanted, &mut filter);
        filter.session_types.clone_from(&wanted.session_types);
        filter.first_decision = wanted.initially_in_review.then_some("In Review");
    }
    filter
}

/// Every word of the name, of that feature only which a single check is asked for.
fn screened(engine: &Engine, scope: &Scope, wanted: &ListSessions, filter: &mut Filter) {
    let Some(name) = &wanted.screened_full_name else { return };
    let feature =
        wanted.api_service.as_deref().filter(|service| ["AML", "DATABASE_VALIDATION"].contains(service));
    for word in words(name) {
        let spellings = alternatives(&word).into_iter();
        let hashed = spellings.map(|word| {
            hash(engine, scope, Kind::Screened, &format!("{}{word}", feature.unwrap_or_default()))
        });
        filter.terms.push(hashed.collect());
    }
}

/// What somebody typed: a session's id or number, vendor data, a document's number, a telephone number, an e-mail
/// address, or words that all occur in name and vendor data.
fn search(engine: &Engine, scope: &Scope, text: &str) -> Search {
    let hashed = |kind: Kind, value: &str| hash(engine, scope, kind, value);
    let mut search = Search {
        id: Uuid::try_parse(text.trim()).ok().map(SessionId),
        any: vec![hashed(Kind::Vendor, &folded(text)), hashed(Kind::Number, &letters_and_digits(text))],
        ..Search::default()
    };
    let bare: String = text.chars().filter(|letter| !matches!(letter, '+' | '-' | '.' | ' ')).collect();
    if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        search.any.push(hashed(Kind::Phone, &digits(&bare)));
        search.number_prefix = (bare.len() <= NUMBER_DIGITS).then_some(bare);
    }
    if text.contains('@') {
        search.any.push(hashed(Kind::Email, folded(text).trim_end_matches('@')));
    }
    let spelled = |word: &String| -> Vec<String> {
        alternatives(word).iter().map(|spelling| hashed(Kind::Word, spelling)).collect()
    };
    search.all = words(text).iter().map(spelled).collect();
    search
}
