//! Sealed values open in their place, with their key, unchanged; and nowhere else.

use super::{Keyring, Place, SessionKey};

fn place() -> Place {
    Place::new("sessions", "0198c0de")
}

#[test]
fn a_sealed_value_opens_in_its_place() {
    let key = SessionKey::generate();
    let sealed = key.seal(&place(), b"Erika Mustermann");
    assert_eq!(key.open(&place(), &sealed).unwrap().as_slice(), b"Erika Mustermann");
    assert!(!sealed.windows(5).any(|window| window == b"Erika"));
}

#[test]
fn a_sealed_value_opens_in_no_other_place() {
    let key = SessionKey::generate();
    let sealed = key.seal(&place(), b"Erika");
    assert!(key.open(&Place::new("sessions", "0198c0df"), &sealed).is_err());
    assert!(key.open(&Place::new("reports", "0198c0de"), &sealed).is_err());
}

#[test]
fn a_sealed_value_opens_with_no_other_key() {
    let sealed = SessionKey::generate().seal(&place(), b"Erika");
    assert!(SessionKey::generate().open(&place(), &sealed).is_err());
}

#[test]
fn every_flipped_bit_and_every_truncation_is_noticed() {
    let key = SessionKey::generate();
    let sealed = key.seal(&place(), b"Erika");
    for position in 0..sealed.len() {
        let mut damaged = sealed.clone();
        damaged[position] ^= 1;
        assert!(key.open(&place(), &damaged).is_err(), "byte {position}");
        assert!(key.open(&place(), &sealed[..position]).is_err(), "cut at {position}");
    }
}

#[test]
fn the_same_value_is_sealed_differently_each_time() {
    let key = SessionKey::generate();
    assert_ne!(key.seal(&place(), b"Erika"), key.seal(&place(), b"Erika"));
}

#[test]
fn a_session_key_survives_wrapping_and_needs_the_master_key() {
    let keyring = Keyring::from_master([7; 32]);
    let key = SessionKey::generate();
    let wrapped = key.wrap(&keyring, &place());
    let sealed = key.seal(&place(), b"Erika");
    let again = SessionKey::unwrap(&keyring, &place(), &wrapped).unwrap();
    assert_eq!(again.open(&place(), &sealed).unwrap().as_slice(), b"Erika");
    assert!(SessionKey::unwrap(&Keyring::from_master([8; 32]), &place(), &wrapped).is_err());
}

#[test]
fn tenant_secrets_open_as_text() {
    let keyring = Keyring::from_master([7; 32]);
    let sealed = keyring.seal(&place(), b"whsec");
    assert_eq!(keyring.open_text(&place(), &sealed).unwrap(), "whsec");
    let not_text = keyring.seal(&place(), &[0xff]);
    assert!(keyring.open_text(&place(), &not_text).is_err());
}

#[test]
fn a_lookup_depends_on_key_column_and_value() {
    let keyring = Keyring::from_master([7; 32]);
    let found = keyring.lookup("accounts.email", "a@example.org");
    assert_eq!(found.len(), 64);
    assert_eq!(found, keyring.lookup("accounts.email", "a@example.org"));
    assert_ne!(found, keyring.lookup("accounts.email", "b@example.org"));
    assert_ne!(found, keyring.lookup("accounts.emaila", "@example.org"));
    assert_ne!(found, Keyring::from_master([8; 32]).lookup("accounts.email", "a@example.org"));
}

#[test]
fn a_code_matches_only_its_subject_and_itself() {
    let keyring = Keyring::from_master([7; 32]);
    let hash = keyring.hash_code("account 1", "A1B2C3");
    assert!(keyring.code_matches("account 1", "A1B2C3", &hash));
    assert!(!keyring.code_matches("account 2", "A1B2C3", &hash));
    assert!(!keyring.code_matches("account 1", "A1B2C4", &hash));
    assert!(!keyring.code_matches("account 1", "A1B2C3", "not hexadecimal"));
}

#[test]
fn a_link_is_ours_only_as_it_was_signed() {
    let keyring = Keyring::from_master([7; 32]);
    let signature = keyring.sign_link("/media/1?expires=9");
    assert!(keyring.link_is_ours("/media/1?expires=9", &signature));
    assert!(!keyring.link_is_ours("/media/1?expires=99", &signature));
    assert!(!keyring.link_is_ours("/media/1?expires=9", ""));
}

#[test]
fn keys_are_not_printed() {
    assert_eq!(format!("{:?}", Keyring::from_master([7; 32])), "Keyring(redacted)");
    assert_eq!(format!("{:?}", SessionKey::generate()), "SessionKey(redacted)");
}
