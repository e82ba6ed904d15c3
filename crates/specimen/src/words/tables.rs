//! The tables behind [`super::Language`].

use super::Language;

/// The labels of one language, in the order of [`Language::label`].
pub(super) struct Words {
    pub(super) code: &'static str,
    pub(super) labels: &'static [&'static str; 20],
}

const fn words(code: &'static str, labels: &'static [&'static str; 20]) -> Words {
    Words { code, labels }
}

pub(super) fn of(language: Language) -> &'static Words {
    match language {
        Language::Arabic => &ARABIC,
        Language::Armenian => &ARMENIAN,
        Language::Bulgarian => &BULGARIAN,
        Language::Croatian => &CROATIAN,
        Language::Czech => &CZECH,
        Language::Danish => &DANISH,
        Language::Dutch => &DUTCH,
        Language::English => &ENGLISH,
        Language::Estonian => &ESTONIAN,
        Language::Finnish => &FINNISH,
        Language::French => &FRENCH,
        Language::Georgian => &GEORGIAN,
        Language::German => &GERMAN,
        Language::Greek => &GREEK,
        Language::Hebrew => &HEBREW,
        Language::Hungarian => &HUNGARIAN,
        Language::Italian => &ITALIAN,
        Language::Latvian => &LATVIAN,
        Language::Lithuanian => &LITHUANIAN,
        Language::Polish => &POLISH,
        Language::Portuguese => &PORTUGUESE,
        Language::Romanian => &ROMANIAN,
        Language::Serbian => &SERBIAN,
        Language::Spanish => &SPANISH,
        Language::Swedish => &SWEDISH,
        Language::Turkish => &TURKISH,
        Language::Ukrainian => &UKRAINIAN,
    }
}

#[rustfmt::skip]
const ENGLISH: Words = words("en", &[
    "Surname", "Given names", "Name", "Sex", "Nationality", "Date of birth", "Place of birth", "Document No.",
    "Personal No.", "Date of issue", "Date of expiry", "Authority", "Height", "Colour of eyes", "Address",
    "Type of permit", "Remarks", "Signature", "Type", "Code",
]);
#[rustfmt::skip]
const FRENCH: Words = words("fr", &[
    "Nom", "Prénoms", "Nom et prénoms", "Sexe", "Nationalité", "Date de naissance", "Lieu de naissance",
    "No du document", "No personnel", "Date de délivrance", "Date d’expiration", "Autorité", "Taille",
    "Couleur des yeux", "Domicile", "Type de titre", "Remarques", "Signature", "Type", "Code",
]);
#[rustfmt::skip]
const SPANISH: Words = words("es", &[
    "Apellidos", "Nombre", "Nombre y apellidos", "Sexo", "Nacionalidad", "Fecha de nacimiento",
    "Lugar de nacimiento", "Núm. documento", "Núm. personal", "Fecha de expedición", "Fecha de caducidad",
    "Autoridad", "Estatura", "Color de ojos", "Domicilio", "Tipo de permiso", "Observaciones", "Firma", "Tipo", "Código",
]);
#[rustfmt::skip]
const GERMAN: Words = words("de", &[
    "Name", "Vornamen", "Name, Vornamen", "Geschlecht", "Staatsangehörigkeit", "Geburtstag", "Geburtsort",
    "Ausweis-Nr.", "Personen-Nr.", "Ausstellungsdatum", "Gültig bis", "Behörde", "Größe", "Augenfarbe",
    "Anschrift", "Art des Titels", "Anmerkungen", "Unterschrift", "Typ", "Kode",
]);
#[rustfmt::skip]
const ITALIAN: Words = words("it", &[
    "Cognome", "Nome", "Cognome e nome", "Sesso", "Cittadinanza", "Data di nascita", "Luogo di nascita",
    "Numero documento", "Codice fiscale", "Data di rilascio", "Data di scadenza", "Autorità", "Statura",
    "Colore degli occhi", "Indirizzo", "Tipo di permesso", "Annotazioni", "Firma", "Tipo", "Codice",
]);
#[rustfmt::skip]
const PORTUGUESE: Words = words("pt", &[
    "Apelidos", "Nomes próprios", "Nome completo", "Sexo", "Nacionalidade", "Data de nascimento",
    "Local de nascimento", "N.º do documento", "N.º de identificação", "Data de emissão", "Data de validade",
    "Autoridade", "Altura", "Cor dos olhos", "Morada", "Tipo de título", "Observações", "Assinatura", "Tipo", "Código",
]);
#[rustfmt::skip]
const DUTCH: Words = words("nl", &[
    "Naam", "Voornamen", "Naam en voornamen", "Geslacht", "Nationaliteit", "Geboortedatum", "Geboorteplaats",
    "Documentnummer", "Persoonsnummer", "Datum van afgifte", "Geldig tot", "Autoriteit", "Lengte",
    "Kleur ogen", "Adres", "Soort titel", "Opmerkingen", "Handtekening", "Type", "Code",
]);
#[rustfmt::skip]
const POLISH: Words = words("pl", &[
    "Nazwisko", "Imiona", "Nazwisko i imiona", "Płeć", "Obywatelstwo", "Data urodzenia", "Miejsce urodzenia",
    "Numer dokumentu", "Numer PESEL", "Data wydania", "Termin ważności", "Organ wydający", "Wzrost",
    "Kolor oczu", "Adres", "Rodzaj zezwolenia", "Uwagi", "Podpis", "Typ", "Kod",
]);
#[rustfmt::skip]
const SWEDISH: Words = words("sv", &[
    "Efternamn", "Förnamn", "Namn", "Kön", "Nationalitet", "Födelsedatum", "Födelseort", "Handlingens nr",
    "Personnummer", "Utfärdandedatum", "Sista giltighetsdag", "Myndighet", "Längd", "Ögonfärg", "Adress",
    "Typ av tillstånd", "Anmärkningar", "Namnteckning", "Typ", "Kod",
]);
#[rustfmt::skip]
const DANISH: Words = words("da", &[
    "Efternavn", "Fornavne", "Navn", "Køn", "Nationalitet", "Fødselsdato", "Fødested", "Dokumentnr.",
    "Personnummer", "Udstedelsesdato", "Gyldig til", "Myndighed", "Højde", "Øjenfarve", "Adresse",
    "Type tilladelse", "Bemærkninger", "Underskrift", "Type", "Kode",
]);
#[rustfmt::skip]
const FINNISH: Words = words("fi", &[
    "Sukunimi", "Etunimet", "Nimi", "Sukupuoli", "Kansalaisuus", "Syntymäaika", "Syntymäpaikka",
    "Asiakirjan nro", "Henkilötunnus", "Myöntämispäivä", "Viimeinen voimassaolopäivä", "Viranomainen", "Pituus",
    "Silmien väri", "Osoite", "Luvan tyyppi", "Huomautuksia", "Nimikirjoitus", "Tyyppi", "Koodi",
]);
#[rustfmt::skip]
const ESTONIAN: Words = words("et", &[
    "Perekonnanimi", "Eesnimed", "Nimi", "Sugu", "Kodakondsus", "Sünniaeg", "Sünnikoht", "Dokumendi number",
    "Isikukood", "Väljaandmise kuupäev", "Kehtiv kuni", "Väljaandja", "Pikkus", "Silmade värv", "Aadress",
    "Loa liik", "Märkused", "Allkiri", "Tüüp", "Kood",
]);
#[rustfmt::skip]
const LATVIAN: Words = words("lv", &[
    "Uzvārds", "Vārdi", "Vārds, uzvārds", "Dzimums", "Pilsonība", "Dzimšanas datums", "Dzimšanas vieta",
    "Dokumenta numurs", "Personas kods", "Izdošanas datums", "Derīga līdz", "Izdevējiestāde", "Augums",
    "Acu krāsa", "Adrese", "Atļaujas veids", "Piezīmes", "Paraksts", "Veids", "Kods",
]);
#[rustfmt::skip]
const LITHUANIAN: Words = words("lt", &[
    "Pavardė", "Vardai", "Vardas, pavardė", "Lytis", "Pilietybė", "Gimimo data", "Gimimo vieta",
    "Dokumento numeris", "Asmens kodas", "Išdavimo data", "Galioja iki", "Įstaiga", "Ūgis", "Akių spalva",
    "Adresas", "Leidimo rūšis", "Pastabos", "Parašas", "Tipas", "Kodas",
]);
#[rustfmt::skip]
const CZECH: Words = words("cs", &[
    "Příjmení", "Jméno", "Jméno a příjmení", "Pohlaví", "Státní občanství", "Datum narození", "Místo narození",
    "Číslo dokladu", "Rodné číslo", "Datum vydání", "Platnost do", "Vydal", "Výška", "Barva očí",
    "Trvalý pobyt", "Druh pobytu", "Poznámky", "Podpis", "Typ", "Kód",
]);
#[rustfmt::skip]
const CROATIAN: Words = words("hr", &[
    "Prezime", "Ime", "Ime i prezime", "Spol", "Državljanstvo", "Datum rođenja", "Mjesto rođenja",
    "Broj isprave", "Osobni broj", "Datum izdavanja", "Vrijedi do", "Izdala", "Visina", "Boja očiju",
    "Prebivalište", "Vrsta dozvole", "Napomene", "Potpis", "Vrsta", "Kôd",
]);
#[rustfmt::skip]
const HUNGARIAN: Words = words("hu", &[
    "Családi név", "Utónév", "Név", "Nem", "Állampolgárság", "Születési idő", "Születési hely",
    "Okmányazonosító", "Személyi azonosító", "Kiállítás dátuma", "Érvényességi idő", "Kiállító hatóság",
    "Magasság", "Szemszín", "Lakcím", "Engedély típusa", "Megjegyzések", "Aláírás", "Típus", "Kód",
]);
#[rustfmt::skip]
const ROMANIAN: Words = words("ro", &[
    "Nume", "Prenume", "Nume și prenume", "Sex", "Cetățenie", "Data nașterii", "Loc naștere",
    "Nr. document", "CNP", "Data emiterii", "Valabilitate", "Emisă de", "Înălțime", "Culoarea ochilor",
    "Domiciliu", "Tipul permisului", "Observații", "Semnătura", "Tip", "Cod",
]);
#[rustfmt::skip]
const TURKISH: Words = words("tr", &[
    "Soyadı", "Adı", "Adı soyadı", "Cinsiyeti", "Uyruğu", "Doğum tarihi", "Doğum yeri", "Belge no",
    "Kimlik no", "Veriliş tarihi", "Son geçerlilik", "Veren makam", "Boyu", "Göz rengi", "Adresi",
    "İzin türü", "Açıklamalar", "İmzası", "Türü", "Kodu",
]);
#[rustfmt::skip]
const GREEK: Words = words("el", &[
    "Επώνυμο", "Όνομα", "Ονοματεπώνυμο", "Φύλο", "Ιθαγένεια", "Ημερομηνία γέννησης", "Τόπος γέννησης",
    "Αρ. εγγράφου", "Προσωπικός αριθμός", "Ημ. έκδοσης", "Ημ. λήξης", "Εκδούσα αρχή", "Ύψος", "Χρώμα ματιών",
    "Διεύθυνση", "Τύπος άδειας", "Παρατηρήσεις", "Υπογραφή", "Τύπος", "Κωδικός",
]);
#[rustfmt::skip]
const BULGARIAN: Words = words("bg", &[
    "Фамилия", "Имена", "Име и фамилия", "Пол", "Гражданство", "Дата на раждане", "Място на раждане",
    "№ на документа", "ЕГН", "Дата на издаване", "Валидност", "Издаден от", "Ръст", "Цвят на очите",
    "Постоянен адрес", "Вид на разрешението", "Забележки", "Подпис", "Тип", "Код",
]);
#[rustfmt::skip]
const SERBIAN: Words = words("sr", &[
    "Презиме", "Име", "Име и презиме", "Пол", "Држављанство", "Датум рођења", "Место рођења", "Број исправе",
    "ЈМБГ", "Датум издавања", "Важи до", "Издаје", "Висина", "Боја очију", "Пребивалиште", "Врста дозволе",
    "Напомене", "Потпис", "Тип", "Код",
]);
#[rustfmt::skip]
const UKRAINIAN: Words = words("uk", &[
    "Прізвище", "Ім’я", "Ім’я та прізвище", "Стать", "Громадянство", "Дата народження", "Місце народження",
    "Документ №", "Запис №", "Дата видачі", "Дійсний до", "Орган, що видав", "Зріст", "Колір очей",
    "Місце проживання", "Вид дозволу", "Примітки", "Підпис", "Тип", "Код",
]);
#[rustfmt::skip]
const GEORGIAN: Words = words("ka", &[
    "გვარი", "სახელი", "სახელი, გვარი", "სქესი", "მოქალაქეობა", "დაბადების თარიღი", "დაბადების ადგილი",
    "ბარათის ნომერი", "პირადი ნომერი", "გაცემის თარიღი", "მოქმედების ვადა", "გამცემი ორგანო", "სიმაღლე",
    "თვალის ფერი", "მისამართი", "ნებართვის ტიპი", "შენიშვნა", "ხელმოწერა", "ტიპი", "კოდი",
]);
#[rustfmt::skip]
const ARMENIAN: Words = words("hy", &[
    "Ազգանուն", "Անուն", "Անուն ազգանուն", "Սեռ", "Քաղաքացիություն", "Ծննդյան ամսաթիվ", "Ծննդավայր",
    "Փաստաթղթի համար", "ՀԾՀ", "Տրման ամսաթիվ", "Վավեր է մինչև", "Տվող մարմին", "Հասակ", "Աչքերի գույն",
    "Հասցե", "Թույլտվության տեսակ", "Նշումներ", "Ստորագրություն", "Տեսակ", "Կոդ",
]);
#[rustfmt::skip]
const HEBREW: Words = words("he", &[
    "שם משפחה", "שם פרטי", "שם מלא", "מין", "אזרחות", "תאריך לידה", "מקום לידה", "מספר מסמך", "מספר זהות",
    "תאריך הנפקה", "בתוקף עד", "הרשות", "גובה", "צבע עיניים", "כתובת", "סוג רישיון", "הערות", "חתימה", "סוג", "קוד",
]);
#[rustfmt::skip]
const ARABIC: Words = words("ar", &[
    "اللقب", "الاسم", "الاسم الكامل", "الجنس", "الجنسية", "تاريخ الميلاد", "مكان الميلاد", "رقم الوثيقة",
    "الرقم القومي", "تاريخ الإصدار", "تاريخ الانتهاء", "جهة الإصدار", "الطول", "لون العينين", "العنوان",
    "نوع الإقامة", "ملاحظات", "التوقيع", "النوع", "الرمز",
]);

/// Short names of months in capitals, as issuers that spell months print them; English for the rest.
pub(super) fn months(language: Language) -> [&'static str; 12] {
    match language {
        Language::French => {
            ["JANV", "FÉVR", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOÛT", "SEPT", "OCT", "NOV", "DÉC"]
        }
        Language::Spanish => {
            ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
        }
        Language::Portuguese => {
            ["JAN", "FEV", "MAR", "ABR", "MAI", "JUN", "JUL", "AGO", "SET", "OUT", "NOV", "DEZ"]
        }
        Language::Italian => {
            ["GEN", "FEB", "MAR", "APR", "MAG", "GIU", "LUG", "AGO", "SET", "OTT", "NOV", "DIC"]
        }
        Language::German => {
            ["JAN", "FEB", "MÄR", "APR", "MAI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEZ"]
        }
        Language::Dutch => {
            ["JAN", "FEB", "MRT", "APR", "MEI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEC"]
        }
        Language::Turkish => {
            ["OCA", "ŞUB", "MAR", "NİS", "MAY", "HAZ", "TEM", "AĞU", "EYL", "EKİ", "KAS", "ARA"]
        }
        _ => ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    }
}
