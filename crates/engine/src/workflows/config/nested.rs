//! Settings that have an inside of their own (core API §5.7, features §2–§17).

use super::shape::Name::{Alpha2, Alpha3, Free, Of};
use super::shape::Shape::{
    Any, Country, Each, Either, Filled, Flag, Map, Percent, Record, Set, Switch, Text, Uuid, Whole, Word,
};
use super::shape::{Key, MANY, Shape};
use crate::parties::ROLES;

const DOCUMENT_TYPES: &[&str] =
    &["P", "ID", "DL", "RP", "HIC", "TC", "SSC", "WP", "VISA", "PSC", "BC", "OTHER", "BANK_STATEMENT"];

const DOCUMENT: &[Key] = &[
    ("enabled", Switch),
    ("sides", Whole(1, 2)),
    ("subtypes", Each(&Text, MANY)),
    ("preferred_characters", Word(&["latin", "non_latin"])),
    ("expiration_check_mode", Text),
];

/// Countries to document types to their settings.
pub(super) const DOCUMENTS: Shape = Map(Alpha3, &Map(Of(DOCUMENT_TYPES), &Record(DOCUMENT)));
/// As [`DOCUMENTS`]; proofs of address have kinds of their own.
pub(super) const POA_DOCUMENTS: Shape = Map(Alpha3, &Map(Free, &Record(DOCUMENT)));
pub(super) const BLURRED_FIELDS: Shape = Map(Alpha3, &Each(&Text, MANY));

const FALLBACK: Shape = Word(&["fallback_to_document", "decline"]);
const ENABLED: &[Key] = &[("enabled", Flag)];
const LOOKUP: &[Key] = &[
    ("enabled", Flag),
    ("source", Text),
    ("max_attempts", Whole(1, 5)),
    ("skip_liveness_and_face_match", Flag),
    ("on_partial_match", FALLBACK),
    ("on_no_match", FALLBACK),
    ("on_provider_error", FALLBACK),
    ("response_fields", Each(&Text, MANY)),
];
const WALLET: &[Key] = &[("enabled", Flag), ("providers", Each(&Text, MANY)), ("on_failure", FALLBACK)];
const METHOD: &[Key] =
    &[("document", Record(ENABLED)), ("id_lookup", Record(LOOKUP)), ("wallet", Record(WALLET))];
pub(super) const METHODS: Shape = Map(Alpha3, &Record(METHOD));

const AGES: &[Key] = &[("minimum_age", Whole(1, 120)), ("maximum_age", Whole(1, 120))];
const COUNTRY_AGES: &[Key] = &[
    ("minimum_age", Whole(1, 120)),
    ("maximum_age", Whole(1, 120)),
    ("states", Map(Free, &Either(&Record(AGES), &Whole(1, 120)))),
];
pub(super) const AGES_BY_COUNTRY: Shape = Map(Alpha3, &Record(COUNTRY_AGES));

const LIKENESS: &[Key] = &[("possible", Percent), ("high", Percent)];
pub(super) const LIKENESS_BY_GROUP: Shape = Map(Free, &Record(LIKENESS));

const CHANNELS: &[&str] = &["sms", "whatsapp", "telegram", "rcs", "viber", "zalo"];
const CHANNEL: &[Key] = &[("enabled", Flag), ("max_retries", Whole(0, 10))];
pub(super) const PHONE_COUNTRIES: Shape = Map(Alpha2, &Map(Of(CHANNELS), &Either(&Record(CHANNEL), &Flag)));

pub(super) const LANGUAGES: Shape = Map(Free, &Switch);

const SERVICES: &[Key] = &[("services", Each(&Text, MANY))];
const LEGACY_MATCH: Shape = Word(&["one_by_one", "two_by_two", "not_enabled"]);
pub(super) const DATABASE_COUNTRIES: Shape = Map(Alpha3, &Either(&Record(SERVICES), &LEGACY_MATCH));
const SOURCE: &[Key] =
    &[("source", Set(&Word(&["document_ai", "questionnaire", "expected_data"]))), ("key", Set(&Text))];
pub(super) const FIELD_SOURCES: Shape = Map(Free, &Record(SOURCE));

const FENCE: &[Key] = &[("allowed", Flag), ("states", Either(&Map(Free, &Any), &Each(&Text, MANY)))];
pub(super) const FENCES: Shape = Map(Alpha3, &Record(FENCE));

const READ_FIELD: &[Key] = &[
    ("key", Set(&Text)),
    ("name", Set(&Text)),
    ("name_i18n", Map(Free, &Text)),
    ("type", Word(&["text", "number", "date"])),
    ("required", Flag),
    ("is_full_name", Flag),
    ("instruction", Text),
];
const OWN_DOCUMENT: &[Key] = &[
    ("document_key", Set(&Text)),
    ("title", Set(&Text)),
    ("description", Set(&Text)),
    ("title_i18n", Map(Free, &Text)),
    ("description_i18n", Map(Free, &Text)),
    ("fields", Set(&Filled(&Each(&Record(READ_FIELD), MANY)))),
];
pub(super) const OWN_DOCUMENTS: Shape = Each(&Record(OWN_DOCUMENT), 3);

pub(super) const COUNTRY_LIST: Shape = Each(&Country(2), MANY);
const REGISTRY: &[Key] = &[("enabled", Flag), ("tier", Word(&["basic", "shareholders", "ubo"]))];
pub(super) const REGISTRIES: Shape = Map(Alpha2, &Record(REGISTRY));
const FIELD_USE: &[Key] = &[("enabled", Flag), ("required", Flag)];
pub(super) const REGISTRY_FIELDS: Shape = Map(Free, &Record(FIELD_USE));

const GROUPS: &[&str] =
    &["LEGAL_PRESENCE", "COMPANY_DETAILS", "OWNERSHIP_STRUCTURE", "REPRESENTATIVES_AUTHORIZATION", "OTHER"];
pub(super) const DOCUMENT_GROUPS: Shape = Filled(&Each(&Word(GROUPS), MANY));
const SUBTYPE: &[Key] = &[("enabled", Flag), ("max_age_days", Whole(-1, 3_650))];
pub(super) const SUBTYPES: Shape = Map(Free, &Record(SUBTYPE));

const PARTY_FIELD: &[Key] = &[
    ("key", Set(&Text)),
    ("label", Either(&Text, &Map(Free, &Text))),
    ("type", Word(&["text", "number", "date", "phone", "email"])),
    ("required", Flag),
    ("custom", Flag),
];
pub(super) const PARTY_FIELDS: Shape = Each(&Record(PARTY_FIELD), 100);
const ROLE: &[Key] =
    &[("enabled", Flag), ("require_kyc", Flag), ("verification_workflow", Uuid), ("allow_skip", Flag)];
const LISTED_ROLE: &[Key] = &[
    ("role", Set(&Word(&ROLES))),
    ("enabled", Flag),
    ("require_kyc", Flag),
    ("verification_workflow", Uuid),
    ("allow_skip", Flag),
];
pub(super) const ROLE_CONFIG: Shape =
    Either(&Map(Of(&ROLES), &Record(ROLE)), &Each(&Record(LISTED_ROLE), MANY));
