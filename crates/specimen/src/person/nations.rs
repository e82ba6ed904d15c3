//! The issuing states that synthetic documents claim, with the words printed on their documents.

use super::names::Region;
use serde::Serialize;

/// A state as it appears on a document.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Nation {
    /// The code of the machine-readable zone: ISO 3166-1 alpha-3, but `D` for Germany (ICAO 9303-3 §5).
    pub code: &'static str,
    /// ISO 3166-1 alpha-3.
    pub alpha3: &'static str,
    pub name: &'static str,
    pub native_name: &'static str,
    #[serde(skip)]
    pub(crate) passport: &'static str,
    #[serde(skip)]
    pub(crate) id_card: &'static str,
    /// See [`super::number`].
    #[serde(skip)]
    pub(crate) number: &'static str,
    #[serde(skip)]
    pub(crate) region: Region,
}

const fn nation(
    code: &'static str,
    names: [&'static str; 2],
    titles: [&'static str; 2],
    number: &'static str,
    region: Region,
) -> Nation {
    let alpha3 = if code.len() == 1 { "DEU" } else { code };
    Nation {
        code,
        alpha3,
        name: names[0],
        native_name: names[1],
        passport: titles[0],
        id_card: titles[1],
        number,
        region,
    }
}

use Region::{
    Anglo, Arabic, Baltic, Chinese, Dutch, French, German, Greek, Hungarian, Iberian, Indic, Irish, Italian,
    Japanese, Korean, Nordic, Polynesian, Romanian, Slavic, Swahili, Thai, Turkish, Vietnamese, WestAfrican,
};

/// 44 nations; `UTO` is the Utopia of the ICAO's own examples.
pub(crate) const ALL: &[Nation] = &[
    nation("D", ["Germany", "Deutschland"], ["Reisepass", "Personalausweis"], "@@*#*#@@#", German),
    nation("AUT", ["Austria", "Österreich"], ["Reisepass", "Personalausweis"], "@#######", German),
    nation("CHE", ["Switzerland", "Schweiz"], ["Pass", "Identitätskarte"], "@#######", German),
    nation("FRA", ["France", "France"], ["Passeport", "Carte d’identité"], "##@@#####", French),
    nation("BEL", ["Belgium", "België"], ["Paspoort", "Identiteitskaart"], "@@######", Dutch),
    nation("NLD", ["Netherlands", "Nederland"], ["Paspoort", "Identiteitskaart"], "@@@*@*#@#", Dutch),
    nation("ESP", ["Spain", "España"], ["Pasaporte", "Documento de identidad"], "@@@######", Iberian),
    nation("PRT", ["Portugal", "Portugal"], ["Passaporte", "Cartão de cidadão"], "@@######", Iberian),
    nation("MEX", ["Mexico", "México"], ["Pasaporte", "Identificación"], "@########", Iberian),
    nation("COL", ["Colombia", "Colombia"], ["Pasaporte", "Cédula"], "@@######", Iberian),
    nation("ARG", ["Argentina", "Argentina"], ["Pasaporte", "Documento de identidad"], "@@@######", Iberian),
    nation("BRA", ["Brazil", "Brasil"], ["Passaporte", "Identidade"], "@@######", Iberian),
    nation("ITA", ["Italy", "Italia"], ["Passaporto", "Carta d’identità"], "@@#####@@", Italian),
    nation("IRL", ["Ireland", "Éire"], ["Pas", "Cárta"], "@@#######", Irish),
    nation("GBR", ["United Kingdom", "United Kingdom"], ["Passport", "Identity card"], "#########", Anglo),
    nation("USA", ["United States", "United States"], ["Passport", "Passport card"], "@########", Anglo),
    nation("CAN", ["Canada", "Canada"], ["Passport", "Identity card"], "@@######", Anglo),
    nation("AUS", ["Australia", "Australia"], ["Passport", "Identity card"], "@@#######", Anglo),
    nation("SWE", ["Sweden", "Sverige"], ["Pass", "Identitetskort"], "@@#######", Nordic),
    nation("NOR", ["Norway", "Norge"], ["Pass", "ID-kort"], "@@@######", Nordic),
    nation("DNK", ["Denmark", "Danmark"], ["Pas", "ID-kort"], "#########", Nordic),
    nation("FIN", ["Finland", "Suomi"], ["Passi", "Henkilökortti"], "@@#######", Nordic),
    nation("EST", ["Estonia", "Eesti"], ["Pass", "Isikutunnistus"], "@@#######", Baltic),
    nation("LVA", ["Latvia", "Latvija"], ["Pase", "Personas apliecība"], "@@#######", Baltic),
    nation("LTU", ["Lithuania", "Lietuva"], ["Pasas", "Tapatybės kortelė"], "########", Baltic),
    nation("POL", ["Poland", "Polska"], ["Paszport", "Dowód osobisty"], "@@#######", Slavic),
    nation("CZE", ["Czechia", "Česko"], ["Cestovní pas", "Občanský průkaz"], "########", Slavic),
    nation("HRV", ["Croatia", "Hrvatska"], ["Putovnica", "Osobna iskaznica"], "#########", Slavic),
    nation("HUN", ["Hungary", "Magyarország"], ["Útlevél", "Személyazonosító"], "@@######", Hungarian),
    nation("ROU", ["Romania", "România"], ["Pașaport", "Carte de identitate"], "#########", Romanian),
    nation("GRC", ["Greece", "Ελλάδα"], ["Διαβατήριο", "Ταυτότητα"], "@@#######", Greek),
    nation("TUR", ["Türkiye", "Türkiye"], ["Pasaport", "Kimlik kartı"], "@########", Turkish),
    nation("EGY", ["Egypt", "Misr"], ["Passport", "Identity card"], "@########", Arabic),
    nation("MAR", ["Morocco", "Maroc"], ["Passeport", "Carte d’identité"], "@@#######", Arabic),
    nation("IND", ["India", "Bharat"], ["Passport", "Identity card"], "@#######", Indic),
    nation("CHN", ["China", "Zhongguo"], ["Passport", "Identity card"], "@@#######", Chinese),
    nation("JPN", ["Japan", "Nippon"], ["Passport", "Identity card"], "@@#######", Japanese),
    nation("KOR", ["Korea", "Hanguk"], ["Passport", "Identity card"], "@###@####", Korean),
    nation("VNM", ["Viet Nam", "Việt Nam"], ["Hộ chiếu", "Căn cước"], "@#######", Vietnamese),
    nation("THA", ["Thailand", "Prathet Thai"], ["Passport", "Identity card"], "@@#######", Thai),
    nation("KEN", ["Kenya", "Kenya"], ["Pasipoti", "Kitambulisho"], "@@######", Swahili),
    nation("NGA", ["Nigeria", "Nigeria"], ["Passport", "Identity card"], "@########", WestAfrican),
    nation("WSM", ["Samoa", "Sāmoa"], ["Tusifolau", "Pepa faailoa"], "@#######", Polynesian),
    nation("UTO", ["Utopia", "Utopia"], ["Passport", "Identity card"], "@########", Anglo),
];

/// Nations that only layouts ask for: [`ALL`] is what chance picks from, and a longer list would make other people of
/// the same seeds.
pub(crate) const MORE: &[Nation] = &[
    nation("BGR", ["Bulgaria", "България"], ["Паспорт", "Лична карта"], "#########", Slavic),
    nation("SRB", ["Serbia", "Србија"], ["Пасош", "Лична карта"], "#########", Slavic),
    nation("UKR", ["Ukraine", "Україна"], ["Паспорт", "Паспорт громадянина"], "@@######", Slavic),
    nation("GEO", ["Georgia", "საქართველო"], ["პასპორტი", "პირადობის მოწმობა"], "##@@#####", Anglo),
    nation("ARM", ["Armenia", "Հայաստան"], ["Անձնագիր", "Նույնականացման քարտ"], "@@#######", Anglo),
    nation("ISR", ["Israel", "ישראל"], ["דרכון", "תעודת זהות"], "########", Anglo),
    nation("CHL", ["Chile", "Chile"], ["Pasaporte", "Cédula de identidad"], "@########", Iberian),
    nation("SVK", ["Slovakia", "Slovensko"], ["Cestovný pas", "Občiansky preukaz"], "@@######", Slavic),
];

/// By the code of the machine-readable zone, or ISO 3166-1 alpha-3.
pub(crate) fn find(code: &str) -> Option<&'static Nation> {
    let named = |nation: &&Nation| nation.code == code || nation.alpha3 == code;
    ALL.iter().chain(MORE).find(named)
}
