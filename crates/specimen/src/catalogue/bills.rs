//! Bills and statements that prove an address.

use super::{BARE, Category, Layout, Look, PLAIN, Size};
use crate::bill::{Bill, Service};
use crate::scheme::DateStyle::{American, Dots, National, Slashes, Words};
use crate::words::Language;

const fn paper(
    name: &'static str,
    country: &'static str,
    language: Language,
    look: Look,
    bill: &'static Bill,
) -> Layout {
    Layout {
        name,
        category: match bill.service {
            Service::Bank => Category::BankStatement,
            _ => Category::UtilityBill,
        },
        country,
        subdivision: match country.as_bytes() {
            b"USA" => "CA",
            _ => "",
        },
        titles: ["", ""],
        language,
        second: None,
        size: match country.as_bytes() {
            b"USA" => Size::Letter,
            _ => Size::A4,
        },
        look,
        number: "########",
        front: BARE,
        back: None,
        bill: Some(bill),
    }
}

const fn bill(
    issuer: [&'static str; 2],
    service: Service,
    money: &'static str,
    qr: bool,
    address_right: bool,
) -> Bill {
    Bill { issuer: issuer[0], issuer_address: issuer[1], service, money, qr, address_right }
}

/// Dates with points, capitals as people write.
const LOOK: Look = Look { capitals: false, dates: Dots, ..PLAIN };

#[rustfmt::skip]
pub(super) const ALL: &[Layout] = &[
    paper("deu-electricity-bill", "DEU", Language::German, Look { inks: 4, ..LOOK },
        &bill(["Lindenstrom Stadtwerke GmbH", "Kraftwerkstraße 4, 55012 Neuwaldstadt"], Service::Electricity, "€", true, false)),
    paper("fra-gas-bill", "FRA", Language::French, Look { inks: 2, dates: Slashes, ..LOOK },
        &bill(["Flamme Bleue Énergie SA", "12 quai des Brumes, 69431 Châteaurieux"], Service::Gas, "€", false, true)),
    paper("esp-electricity-bill", "ESP", Language::Spanish, Look { inks: 5, dates: Slashes, ..LOOK },
        &bill(["Lumbralia Energía S.A.", "Avenida del Faro 90, 28456 Villaseñora"], Service::Electricity, "€", true, true)),
    paper("ita-water-bill", "ITA", Language::Italian, Look { inks: 2, dates: Slashes, ..LOOK },
        &bill(["Acquachiara Servizi S.p.A.", "Via delle Fonti 3, 50199 Castelfiorito"], Service::Water, "€", true, true)),
    paper("prt-telephone-bill", "PRT", Language::Portuguese, Look { inks: 3, dates: National, ..LOOK },
        &bill(["Ondaclara Telecomunicações", "Largo do Cabo 8, 1234-567 Ribeira do Sol"], Service::Telephone, "€", false, false)),
    paper("pol-electricity-bill", "POL", Language::Polish, Look { inks: 1, ..LOOK },
        &bill(["Jasnoprąd Energia S.A.", "ul. Iskrowa 17, 31-990 Żabigród"], Service::Electricity, "zł", true, false)),
    paper("grc-electricity-bill", "GRC", Language::Greek, Look { inks: 2, dates: Slashes, ..LOOK },
        &bill(["Φωτεινή Ενέργεια Α.Ε.", "Λεωφόρος Φάρου 21, 105 99 Θαλασσινή"], Service::Electricity, "€", false, true)),
    paper("bgr-water-bill", "BGR", Language::Bulgarian, Look { inks: 7, ..LOOK },
        &bill(["Бистра Вода ЕАД", "ул. Изворна 6, 1999 Новоградец"], Service::Water, "лв.", false, true)),
    paper("gbr-water-bill", "GBR", Language::English, Look { inks: 2, dates: Words, ..LOOK },
        &bill(["Brackwater Supply Ltd", "Pump House, Eastmarrow ZZ1 4AB"], Service::Water, "£", false, false)),
    paper("irl-telephone-bill", "IRL", Language::English, Look { inks: 1, dates: Slashes, ..LOOK },
        &bill(["Callmore Broadband Ltd", "5 Fennel Quay, Carrickmoyle"], Service::Telephone, "€", true, false)),
    paper("usa-electricity-bill", "USA", Language::English, Look { inks: 5, dates: American, ..LOOK },
        &bill(["Golden Ridge Power Co.", "1200 Dynamo Drive, Kingsfennel, CA 90999"], Service::Electricity, "$", true, false)),
    paper("gbr-bank-statement", "GBR", Language::English, Look { inks: 3, dates: Words, ..LOOK },
        &bill(["Harrowmere Bank plc", "1 Merriden Square, Westerholm ZZ9 2CD"], Service::Bank, "£", false, false)),
    paper("usa-bank-statement", "USA", Language::English, Look { inks: 6, dates: American, ..LOOK },
        &bill(["First Larkhollow Bank", "77 Ledger Plaza, Port Larkin, CA 90998"], Service::Bank, "$", false, false)),
    paper("deu-bank-statement", "DEU", Language::German, Look { inks: 6, ..LOOK },
        &bill(["Tannenreuther Sparbank eG", "Am Markt 1, 55013 Altenrode"], Service::Bank, "€", false, false)),
    paper("fra-bank-statement", "FRA", Language::French, Look { inks: 0, dates: Slashes, ..LOOK },
        &bill(["Banque Beaulieutard", "3 place du Change, 75999 Montfleury"], Service::Bank, "€", false, true)),
    paper("esp-bank-statement", "ESP", Language::Spanish, Look { inks: 0, dates: Slashes, ..LOOK },
        &bill(["Caja Encinarte", "Gran Paseo 45, 28457 Aldealuenga"], Service::Bank, "€", false, true)),
];
