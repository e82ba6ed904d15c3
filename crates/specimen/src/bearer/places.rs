//! Made-up addresses in the order in which each country writes them.

use crate::catalogue::Layout;
use crate::dice::Dice;
use crate::person::number;
use crate::words::Language;

pub(super) struct Address {
    pub(super) street: String,
    pub(super) city: String,
    pub(super) town: String,
    pub(super) postal_code: String,
}

/// House and street, postal code and town.
pub(super) fn address(layout: &Layout, dice: &mut Dice) -> Address {
    let (streets, towns) = words(layout.language);
    let (street, town) = (*dice.pick(streets), *dice.pick(towns));
    let house = dice.whole(1, 188);
    let postal_code = number(postal_pattern(layout), dice);
    let number_first =
        matches!(layout.language, Language::English | Language::French) || layout.country == "CAN";
    let street = if number_first { format!("{house} {street}") } else { format!("{street} {house}") };
    let city = match layout.country {
        "USA" => format!("{town}, {} {postal_code}", layout.subdivision),
        "CAN" => format!("{town} {} {postal_code}", layout.subdivision),
        "GBR" | "IRL" => format!("{town} {postal_code}"),
        _ => format!("{postal_code} {town}"),
    };
    Address { street, city, town: town.to_owned(), postal_code }
}

fn postal_pattern(layout: &Layout) -> &'static str {
    match layout.country {
        "GBR" => "@@# #@@",
        "IRL" => "@## @###",
        "CAN" => "@#@ #@#",
        "NLD" => "#### @@",
        "POL" => "##-###",
        "PRT" => "####-###",
        "SWE" | "GRC" | "CZE" => "### ##",
        "BRA" => "#####-###",
        "AUT" | "CHE" | "BEL" | "DNK" | "HUN" | "BGR" | "GEO" | "ARM" => "####",
        "ROU" => "######",
        "LVA" => "LV-####",
        "LTU" => "LT-#####",
        "CHL" | "ISR" => "#######",
        _ => "#####",
    }
}

/// Streets and towns that we made up.
fn words(language: Language) -> (&'static [&'static str], &'static [&'static str]) {
    match language {
        Language::German => (
            &["Lindenweg", "Am Mühlbach", "Tannenstraße", "Kirchgässle", "Überseeallee"],
            &["Altenrode", "Neuwaldstadt", "Königsbrunnen", "Bad Mühlingen"],
        ),
        Language::French => (
            &["rue des Tilleuls", "avenue de la Forêt", "chemin du Vieux Puits", "boulevard Mélusine"],
            &["Châteaurieux", "Montfleury", "Saint-Aurillac", "Aubrive-sur-Loue"],
        ),
        Language::Spanish => (
            &["Calle del Olmo", "Avenida de la Fuente", "Plaza del Níspero", "Camino Peñalverde"],
            &["Aldealuenga", "Villaseñora", "San Bartolo del Monte"],
        ),
        Language::Portuguese => (
            &["Rua das Acácias", "Avenida do Sol", "Travessa da Fonte", "Largo São Simão"],
            &["Ribeira do Sol", "Vila Formosinha", "Montealegrinho"],
        ),
        Language::Italian => (
            &["Via dei Tigli", "Corso Serale", "Piazza Fiammetta", "Viale Acquaviola"],
            &["Borgo Serale", "Castelfiorito", "Montesereno", "Portolungo"],
        ),
        Language::Dutch => (&["Molenkade", "Tulpenlaan", "Oude Gracht"], &["Noorderwaarde", "Zandmeer"]),
        Language::Polish => (&["ul. Lipowa", "ul. Źródlana", "al. Brzozowa"], &["Nowa Lipka", "Żabigród"]),
        Language::Swedish | Language::Danish => {
            (&["Björkvägen", "Ängsgatan", "Skogsstigen"], &["Ödesjö", "Havnesund"])
        }
        Language::Finnish => (&["Koivukatu", "Mäntytie"], &["Koivuranta", "Järvenpohja"]),
        Language::Czech | Language::Croatian => {
            (&["Lipová", "Zelena ulica", "Javorova"], &["Novolesy", "Javorník"])
        }
        Language::Hungarian => (&["Tölgyfa utca", "Virág út"], &["Aranykút", "Hársfalu"]),
        Language::Romanian => {
            (&["Str. Teiului", "Bd. Izvorului", "Str. Ștefan Frunză"], &["Valea Teiului", "Băișoara Nouă"])
        }
        Language::Turkish => (&["Çınar Sokak", "Gül Caddesi"], &["Yeşilpınar", "Gümüşdere"]),
        Language::Greek => (&["Odos Elaion", "Leoforos Thalassis"], &["Petrochori", "Thalassini"]),
        Language::Estonian | Language::Latvian | Language::Lithuanian => {
            (&["Pärna tn", "Liepu iela", "Ąžuolų g."], &["Liepkalne", "Kaljuvere", "Mežmuiža"])
        }
        Language::Bulgarian | Language::Serbian | Language::Ukrainian => {
            (&["Lipova", "Yavorova", "Sadova"], &["Novohai", "Yasenkovo", "Novi Javor"])
        }
        _ => (
            &["Fennel Street", "Larkhollow Road", "Maple Court", "Stoneybeck Lane", "Winterbourn Avenue"],
            &["Eastmarrow", "Kingsfennel", "Port Larkin", "Westerholm"],
        ),
    }
}
