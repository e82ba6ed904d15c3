//! National numbers: vectors of every scheme, and what holds for all.

use std::collections::HashSet;

use document::identifier::{Fault, Sex, Verdict, check, check_scheme, schemes};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Scheme and a number whose check digits hold, worked out by hand or by the issuer's published example.
const VALID: &str = "\
es_dni 12345678Z
es_nie X-9083016-V
pt_nif 613186095
pt_cc 000000000ZZ4
fr_nir 1 58 05 62 819 482 47
fr_cni 880692310285
it_codice_fiscale BKKLDF56T58A190Y
be_rrn 89.04.16-865.67
be_id_card 797-5432319-72
nl_bsn 487574916
nl_document BJ625CH60
lu_matricule 1985010112357
de_idnr 10234567806
de_id_card L01X00T471
de_id_card T220001293
at_svnr 1893260671
ch_ahv 756.5979.7114.78
ie_pps 5075291IH
gb_nino AB123456C
gb_nhs 034 236 6718
gb_driver MORGA657054SM9IJ
gr_amka 06087584261
gr_afm 846563210
mt_id 0123456M
se_personnummer 610308-3074
se_personnummer 19610308-3074
se_samordningsnummer 610368-3071
no_fodselsnummer 271061 44007
dk_cpr 050784-5990
gl_cpr 050784-5990
fi_hetu 110394-890F
is_kennitala 240377-3300
ee_isikukood 46305173956
lt_asmens_kodas 48407272056
lv_personas_kods 32123456789
pl_pesel 85031581344
pl_id_card ABA300000
pl_passport ZS0000177
cz_rodne_cislo 625324/6736
sk_rodne_cislo 746128/4006
hu_szemelyi 28501011232
hu_adoazonosito 8071592153
hu_taj 111111110
ro_cnp 9790810120801
bg_egn 9210016498
bg_lnch 4164633300
hr_oib 76300130524
si_emso 0101006500006
rs_jmbg 0101006500006
ba_jmbg 0101006500006
me_jmbg 0101006500006
mk_embg 0101006500006
al_nid J50101001A
md_idnp 7413904120472
ua_rnokpp 0985297897
ru_inn 317916074600
ru_snils 112-233-445 95
tr_tckn 32080574638
br_cpf 645.512.408-18
br_cnh 62472927637
br_pis 120.56412.54-5
cl_rut 50.362.541-5
ar_cuit 20-06520207-8
ar_dni 47.187.163
uy_ci 1.234.567-2
py_ruc 9764868-0
bo_ci 4567890
pe_dni 27635054-0
ec_ci 121804436-8
co_cedula 1020304050
co_nit 186953239-8
ve_rif V-46490599-1
mx_curp KEKK771018HDFABM36
mx_rfc BEGG620508F28
do_cedula 930-2817580-5
cr_cedula 1-0123-0456
gt_cui 1573 81595 0101
gt_nit 5386133-7
cu_ni 71102141014
us_ssn 800-78-3925
us_itin 952-70-8909
ca_sin 436 170 765
il_mispar_zehut 318676434
ae_emirates_id 784-1990-1234567-6
sa_national_id 1000000008
kw_civil_id 285010100007
qa_qid 28563401234
bh_cpr 850112345
ir_national_code 0084575948
kz_iin 850101300124
pk_cnic 77301-9001847-9
in_aadhaar 5632 5500 7729
in_pan AAEPM4964M
lk_nic 853400937V
lk_nic 198534000937
cn_ric 110101199510287119
hk_hkid A123456(3)
tw_id A123456789
kr_rrn 920405-1878316
jp_my_number 0217 8989 0576
th_pin 2-1794-47394-36-7
my_nric 941228-41-6148
sg_nric S1234567D
sg_nric M5398242L
id_nik 3173014512698487
vn_cccd 001185012345
au_tfn 956 606 640
au_medicare 2123 45670 1
nz_ird 61-955-550
za_id 6109262848081
eg_national_id 29001010100018
ng_nin 12345678901
ke_id 12345678
gh_card GHA-123456789-0
ma_cin AB123456
tn_cin 01234567
mu_nid J0304724693593";

fn vectors() -> impl Iterator<Item = (&'static str, &'static str)> {
    VALID.lines().filter_map(|line| line.split_once(' '))
}

#[test]
fn every_scheme_has_a_number_that_it_finds_valid() {
    let mut seen = HashSet::new();
    for (scheme, value) in vectors() {
        let verdict = check_scheme(scheme, value).expect(scheme);
        assert!(verdict.valid(), "{scheme} {value}: {:?}", verdict.fault);
        seen.insert(scheme);
    }
    assert_eq!(seen.len(), schemes().count());
    assert!(schemes().filter(|scheme| scheme.has_check_digit).count() >= 80);
}

#[test]
fn ids_countries_and_names_are_as_the_table_promises() {
    let mut ids = HashSet::new();
    for scheme in schemes() {
        assert!(ids.insert(scheme.id), "{} stands twice", scheme.id);
        assert_eq!(document::country::alpha3(&scheme.id[..2]), Some(scheme.country), "{}", scheme.id);
        assert!(!scheme.names.is_empty() && !scheme.format.is_empty());
    }
    assert!(schemes().map(|scheme| scheme.country).collect::<HashSet<_>>().len() >= 70);
}

/// The century in front, the digit behind, or the place in a number is covered by no check digit.
const PARTLY_COVERED: [&str; 2] = ["se_personnummer", "gt_cui"];

#[test]
fn one_wrong_digit_is_noticed_wherever_a_check_digit_vouches() {
    // Sums modulo ten or eleven are blind to a few single errors; some numbers also have digits that no sum covers.
    let mut blind = Vec::new();
    for (scheme, value) in vectors() {
        let known = schemes().find(|known| known.id == scheme).expect(scheme);
        if !known.has_check_digit || ["lv_personas_kods", "de_id_card"].contains(&scheme) {
            continue;
        }
        let (mut changed, mut noticed) = (0, 0);
        for (at, digit) in value.char_indices().filter_map(|(at, c)| Some((at, c.to_digit(10)?))) {
            for other in (0..10).filter(|other| *other != digit) {
                let mut wrong = value.to_owned();
                wrong.replace_range(at..=at, &other.to_string());
                changed += 1;
                noticed += usize::from(!known.check(&wrong).valid());
            }
        }
        if noticed * 100 < changed * 88 {
            blind.push(scheme);
        }
    }
    assert_eq!(blind, PARTLY_COVERED);
}

fn encoded(scheme: &str, value: &str) -> Verdict {
    let verdict = check_scheme(scheme, value).expect(scheme);
    assert!(verdict.valid(), "{scheme} {value} {:?}", verdict.fault);
    verdict
}

#[test]
fn numbers_tell_birth_date_and_sex() {
    let known: &[(&str, &str, Option<Date>, Option<Sex>)] = &[
        ("it_codice_fiscale", "BKKLDF56T58A190Y", Some(date(1956, 12, 18)), Some(Sex::Female)),
        ("be_rrn", "89041686567", Some(date(1989, 4, 16)), Some(Sex::Male)),
        ("pl_pesel", "85031581344", Some(date(1985, 3, 15)), Some(Sex::Female)),
        ("cz_rodne_cislo", "625324/6736", Some(date(1962, 3, 24)), Some(Sex::Female)),
        ("bg_egn", "9210016498", Some(date(1992, 10, 1)), None),
        ("ee_isikukood", "46305173956", Some(date(1963, 5, 17)), Some(Sex::Female)),
        ("no_fodselsnummer", "27106144007", Some(date(1961, 10, 27)), Some(Sex::Female)),
        ("fi_hetu", "110394-890F", Some(date(1994, 3, 11)), None),
        ("mx_curp", "KEKK771018HDFABM36", Some(date(1977, 10, 18)), Some(Sex::Male)),
        ("cu_ni", "71102141014", Some(date(1971, 10, 21)), Some(Sex::Female)),
        ("cn_ric", "110101199510287119", Some(date(1995, 10, 28)), Some(Sex::Male)),
        ("kr_rrn", "920405-1878316", Some(date(1992, 4, 5)), Some(Sex::Male)),
        ("id_nik", "3173014512698487", Some(date(1969, 12, 5)), Some(Sex::Female)),
        ("za_id", "6109262848081", Some(date(1961, 9, 26)), Some(Sex::Female)),
        ("gb_driver", "MORGA657054SM9IJ", Some(date(1964, 7, 5)), Some(Sex::Female)),
        ("hu_adoazonosito", "8071592153", Some(date(1886, 8, 8)), None),
        ("lk_nic", "853400937V", Some(date(1985, 12, 5)), Some(Sex::Male)),
    ];
    for (scheme, value, birth, sex) in known {
        let verdict = encoded(scheme, value);
        assert!(!verdict.encoded.contradicts(*birth, *sex), "{scheme} {value}: {:?}", verdict.encoded);
        let next = birth.and_then(|day| day.tomorrow().ok());
        assert!(verdict.encoded.contradicts(next, None), "{scheme} {value}: {:?}", verdict.encoded);
    }
}

#[test]
fn a_country_is_asked_for_all_its_numbers_the_valid_first() {
    let verdicts = check("ESP", "X9083016V");
    assert_eq!((verdicts[0].scheme, verdicts[0].fault), ("es_nie", None));
    assert!(verdicts.len() >= 2 && !verdicts[1].valid());
    assert_eq!(
        check("ESP", "12345678A")[0].fault.or(check("ESP", "12345678A")[1].fault),
        Some(Fault::CheckDigit)
    );
    assert!(check("QQQ", "1").is_empty());
    assert_eq!(check_scheme("qq_none", "1"), None);
}

proptest! {
    #[test]
    fn no_text_makes_a_scheme_panic(text in ".{0,40}") {
        for scheme in schemes() {
            scheme.check(&text);
        }
    }

    #[test]
    fn no_text_of_their_own_letters_makes_a_scheme_panic(text in "[A-Z0-9ÑÄéß٣ ./+-]{0,22}") {
        for scheme in schemes() {
            scheme.check(&text);
        }
    }

    #[test]
    fn long_digits_do_not_run_over(text in "[0-9]{20,200}") {
        for scheme in schemes() {
            prop_assert!(!scheme.check(&text).valid());
        }
    }
}
