//! Values in the form of each scheme.

/// What to ask of whom.
pub(crate) struct Template {
    pub(crate) scheme: &'static str,
    /// Module of python-stdnum.
    pub(crate) peer: &'static str,
    /// `9` digit, `A` letter, `c` every digit in turn, `l` every letter in turn, `x` every digit or X or K in turn,
    /// `y` `m` `d` two digits each of a date, `f` a day of which half have 40 more, `w` a month of which half have 50
    /// more, `!` the next character as it is.
    form: &'static str,
    /// Why the two may differ; empty where they may not.
    pub(crate) why: &'static str,
}

const fn same(scheme: &'static str, peer: &'static str, form: &'static str) -> Template {
    Template { scheme, peer, form, why: "" }
}

const fn differs(
    scheme: &'static str,
    peer: &'static str,
    form: &'static str,
    why: &'static str,
) -> Template {
    Template { scheme, peer, form, why }
}

const FUTURE: &str = "they refuse dates in the future; we have no clock";

pub(crate) const TEMPLATES: &[Template] = &[
    same("es_dni", "es.dni", "99999999l"),
    same("es_nie", "es.nie", "!X9999999l"),
    same("pt_nif", "pt.nif", "99999999c"),
    differs("pt_cc", "pt.cc", "999999999AAc", "they take other lengths"),
    same("fr_nir", "fr.nir", "1ym99999999cc"),
    same("it_codice_fiscale", "it.codicefiscale", "AAAAAAy!Tf!A999l"),
    differs(
        "be_rrn",
        "be.nn",
        "ymd999cc",
        "they keep foreigners' numbers in a scheme of their own and refuse dates in the future",
    ),
    differs(
        "be_id_card",
        "be.eid",
        "9999999999cc",
        "of the newer cards with a B they check a digit of which we know no publication",
    ),
    same("nl_bsn", "nl.bsn", "99999999c"),
    same("nl_document", "nl.identiteitskaartnummer", "AA999AA9c"),
    same("de_idnr", "de.idnr", "1023456789c"),
    same("at_svnr", "at.vnr", "999cdmy"),
    same("ch_ahv", "ch.ssn", "756999999999c"),
    differs("ie_pps", "ie.pps", "9999999lA", "second letters from B on"),
    same("gb_nhs", "gb.nhs", "999999999c"),
    differs("gr_amka", "gr.amka", "dmy9999c", FUTURE),
    same("gr_afm", "gr.vat", "99999999c"),
    differs("se_personnummer", "se.personnummer", "ymd!-999c", "a hyphen in another place is passed over"),
    differs("no_fodselsnummer", "no.fodselsnummer", "dmy999cc", FUTURE),
    differs("dk_cpr", "dk.cpr", "dmy999c", FUTURE),
    same("fi_hetu", "fi.hetu", "dmy!-999l"),
    same("is_kennitala", "is_.kennitala", "dmy99c9"),
    same("ee_isikukood", "ee.ik", "9ymd999c"),
    same("lt_asmens_kodas", "lt.asmens", "9ymd999c"),
    differs("lv_personas_kods", "lv.pvn", "dmy19999c", "theirs also takes companies' numbers"),
    same("pl_pesel", "pl.pesel", "ymd9999c"),
    same("cz_rodne_cislo", "cz.rc", "ywd!/999c"),
    same("sk_rodne_cislo", "sk.rc", "ywd!/999c"),
    differs("ro_cnp", "ro.cnp", "9ymd12999c", "counties that they leave out"),
    same("bg_egn", "bg.egn", "ymd999c"),
    same("bg_lnch", "bg.pnf", "999999999c"),
    same("hr_oib", "hr.oib", "9999999999c"),
    same("si_emso", "si.emso", "dm99999999c"),
    same("ua_rnokpp", "ua.rntrc", "999999999c"),
    same("ru_inn", "ru.inn", "9999999999cc"),
    same("tr_tckn", "tr.tckimlik", "999999999cc"),
    same("br_cpf", "br.cpf", "999999999cc"),
    same("cl_rut", "cl.rut", "99999999x"),
    differs("ar_cuit", "ar.cuit", "2099999999c", "persons' prefixes 25 and 26"),
    same("ar_dni", "ar.dni", "99999999"),
    same("py_ruc", "py.ruc", "9999999c"),
    same("pe_dni", "pe.cui", "99999999x"),
    same("ec_ci", "ec.ci", "129999999c"),
    same("co_nit", "co.nit", "999999999c"),
    same("ve_rif", "ve.rif", "!V99999999c"),
    same("mx_curp", "mx.curp", "AEAAymd!HDFAAA9c"),
    same("mx_rfc", "mx.rfc", "AEAAymdA9x"),
    differs("do_cedula", "do.cedula", "9999999999c", "they also take some numbers on a list of exceptions"),
    differs("cr_cedula", "cr.cpf", "0999999999", "we refuse province 0"),
    same("gt_nit", "gt.nit", "9999999x"),
    same("cu_ni", "cu.ni", "ymd99999"),
    same("us_ssn", "us.ssn", "999999999"),
    differs("us_itin", "us.itin", "9997c9999", "groups 50 to 65, given since 2012"),
    same("ca_sin", "ca.sin", "99999999c"),
    same("il_mispar_zehut", "il.idnr", "99999999c"),
    same("pk_cnic", "pk.cnic", "9999999999999"),
    same("in_aadhaar", "in_.aadhaar", "99999999999c"),
    differs("in_pan", "in_.pan", "AAAPA9999A", "holders of kind E, limited liability partnerships"),
    differs(
        "cn_ric",
        "cn.ric",
        "11010119ymd999x",
        "they know every county and we the provinces; forms with dates of no such county",
    ),
    differs("kr_rrn", "kr.rrn", "ymd199999c", "of those born since October 2020 the last digits are random"),
    same("jp_my_number", "jp.in_", "99999999999c"),
    same("th_pin", "th.pin", "999999999999c"),
    same("my_nric", "my.nric", "ymd999999"),
    differs("id_nik", "id.nik", "317301fmy9999", "they know every district, we the provinces"),
    differs("au_tfn", "au.tfn", "99999999c", "numbers of eight digits have weights of their own"),
    same("nz_ird", "nz.ird", "99999999c"),
    differs("za_id", "za.idnr", "ymd999908c", FUTURE),
    same("mu_nid", "mu.nid", "Admy999999c"),
    same("md_idnp", "md.idno", "999999999999c"),
];

/// A small generator; the same numbers on every run (Steele and others' split-mix).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Bodies with all their check digits, then damaged ones.
pub(crate) fn values(row: &Template, bodies: usize, dice: &mut Dice) -> Vec<String> {
    let mut values = Vec::new();
    for _ in 0..bodies {
        let finished = finish(&body(row.form, dice));
        for value in &finished {
            values.push(damaged(value, dice));
        }
        values.extend(finished);
    }
    values
}

/// Two digits.
fn two(text: &mut String, number: u64) {
    text.extend([number / 10, number % 10].map(|digit| char::from(b'0' + digit as u8)));
}

/// Everything but the places that take every character in turn, which stay as private-use characters.
fn body(form: &str, dice: &mut Dice) -> String {
    let mut text = String::new();
    let mut letters = form.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '9' => text += &dice.below(10).to_string(),
            'A' => text.push(char::from(b'A' + dice.below(26) as u8)),
            'y' => two(&mut text, dice.below(100)),
            'm' => two(&mut text, 1 + dice.below(12)),
            'd' => two(&mut text, 1 + dice.below(28)),
            'f' => two(&mut text, 1 + dice.below(28) + 40 * dice.below(2)),
            'w' => two(&mut text, 1 + dice.below(12) + 50 * dice.below(2)),
            'c' => text.push('\u{e000}'),
            'l' => text.push('\u{e001}'),
            'x' => text.push('\u{e002}'),
            '!' => text.extend(letters.next()),
            other => text.push(other),
        }
    }
    text
}

fn finish(body: &str) -> Vec<String> {
    let Some(place) = body.chars().find(|character| ('\u{e000}'..='\u{e002}').contains(character)) else {
        return vec![body.to_owned()];
    };
    let all = match place {
        '\u{e000}' => "0123456789",
        '\u{e001}' => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        _ => "0123456789XKA",
    };
    all.chars().flat_map(|character| finish(&body.replacen(place, &character.to_string(), 1))).collect()
}

/// One character changed, two neighbours exchanged, one left out or one added.
fn damaged(value: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = value.chars().collect();
    let at = dice.below(characters.len() as u64) as usize;
    match dice.below(8) {
        0..4 => characters[at] = char::from(b'0' + dice.below(10) as u8),
        4 | 5 if at + 1 < characters.len() => characters.swap(at, at + 1),
        6 => drop(characters.remove(at)),
        _ => characters.insert(at, '7'),
    }
    characters.into_iter().collect()
}
