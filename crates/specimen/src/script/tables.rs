//! The tables behind [`super::native`]: given names in common use, surnames and towns that we made up.

use crate::words::Language;

/// Lists separated by `, `; each word as `native=Latin`.
pub(super) struct Names {
    pub(super) female: &'static str,
    pub(super) male: &'static str,
    pub(super) female_surnames: &'static str,
    pub(super) surnames: &'static str,
    pub(super) towns: &'static str,
}

pub(super) fn of(language: Language) -> Option<&'static Names> {
    Some(match language {
        Language::Arabic => &ARABIC,
        Language::Armenian => &ARMENIAN,
        Language::Bulgarian => &BULGARIAN,
        Language::Georgian => &GEORGIAN,
        Language::Greek => &GREEK,
        Language::Hebrew => &HEBREW,
        Language::Serbian => &SERBIAN,
        Language::Ukrainian => &UKRAINIAN,
        _ => return None,
    })
}

const BULGARIAN: Names = Names {
    female: "Десислава=Desislava, Ралица=Ralitsa, Цветелина=Tsvetelina, Юлия=Yulia, Снежана=Snezhana, Жана=Zhana",
    male: "Борис=Boris, Христо=Hristo, Йордан=Yordan, Пламен=Plamen, Тодор=Todor, Щилян=Shtilyan",
    female_surnames: "Златогорова=Zlatogorova, Белополева=Belopoleva, Чучулигова=Chuchuligova, Явороска=Yavoroska, \
        Щъркелова=Shtarkelova, Росенова=Rosenova",
    surnames: "Златогоров=Zlatogorov, Белополев=Belopolev, Чучулигов=Chuchuligov, Яворски=Yavorski, \
        Щъркелов=Shtarkelov, Росенов=Rosenov",
    towns: "Новоградец=Novogradets, Белица поле=Belitsa pole, Ясенково=Yasenkovo",
};

const SERBIAN: Names = Names {
    female: "Јелена=Jelena, Љиљана=Ljiljana, Милица=Milica, Ђурђица=Djurdjica, Снежана=Snezana, Вишња=Visnja",
    male: "Бранислав=Branislav, Ђорђе=Djordje, Жарко=Zarko, Милош=Milos, Немања=Nemanja, Чедомир=Cedomir",
    female_surnames: "Јаворовић=Javorovic, Орлокрајић=Orlokrajic, Вилинчевић=Vilincevic, Луговић=Lugovic, \
        Шумадинић=Sumadinic",
    surnames: "Јаворовић=Javorovic, Орлокрајић=Orlokrajic, Вилинчевић=Vilincevic, Луговић=Lugovic, \
        Шумадинић=Sumadinic",
    towns: "Нови Јавор=Novi Javor, Бело Врело=Belo Vrelo, Горњи Луг=Gornji Lug",
};

const UKRAINIAN: Names = Names {
    female: "Оксана=Oksana, Марія=Mariia, Наталія=Nataliia, Юлія=Yuliia, Євгенія=Yevheniia, Соломія=Solomiia",
    male: "Андрій=Andrii, Богдан=Bohdan, Григорій=Hryhorii, Євген=Yevhen, Ярослав=Yaroslav, Юрій=Yurii",
    female_surnames: "Вербицяк=Verbytsiak, Журавлинська=Zhuravlynska, Калинодар=Kalynodar, Яснобор=Yasnobor, \
        Щедрогір=Shchedrohir, Гайворонюк=Haivoroniuk",
    surnames: "Вербицяк=Verbytsiak, Журавлинський=Zhuravlynskyi, Калинодар=Kalynodar, Яснобор=Yasnobor, \
        Щедрогір=Shchedrohir, Гайворонюк=Haivoroniuk",
    towns: "Зелений Яр=Zelenyi Yar, Вербопілля=Verbopillia, Новогай=Novohai",
};

const GREEK: Names = Names {
    female: "Αναστασία=Anastasia, Δέσποινα=Despoina, Ευαγγελία=Evangelia, Φωτεινή=Foteini, Χρυσούλα=Chrysoula",
    male: "Αχιλλέας=Achilleas, Ελευθέριος=Eleftherios, Κωνσταντίνος=Konstantinos, Σπυρίδων=Spyridon, \
        Χαράλαμπος=Charalampos",
    female_surnames: "Ανεμογλάκη=Anemoglaki, Δαφνομηλαίου=Dafnomilaiou, Ελατοπούλου=Elatopoulou, \
        Φεγγαρίδου=Fengaridou, Θυμαροπούλου=Thymaropoulou",
    surnames: "Ανεμογλάκης=Anemoglakis, Δαφνομηλαίος=Dafnomilaios, Ελατόπουλος=Elatopoulos, \
        Φεγγαρίδης=Fengaridis, Θυμαρόπουλος=Thymaropoulos",
    towns: "Νέα Ανεμώνη=Nea Anemoni, Πετροχώρι=Petrochori, Θαλασσινή=Thalassini",
};

const GEORGIAN: Names = Names {
    female: "ნინო=Nino, ქეთევან=Ketevan, თამარ=Tamar, ელენე=Elene, მარიამ=Mariam",
    male: "გიორგი=Giorgi, დავით=Davit, ლევან=Levan, ზურაბ=Zurab, ირაკლი=Irakli",
    female_surnames: "ვარდიაშვილი=Vardiashvili, მთვარელიძე=Mtvarelidze, ნისლაური=Nislauri, წყაროსძე=Tskarosdze",
    surnames: "ვარდიაშვილი=Vardiashvili, მთვარელიძე=Mtvarelidze, ნისლაური=Nislauri, წყაროსძე=Tskarosdze",
    towns: "ახალწყარო=Akhaltskaro, მზისველი=Mzisveli, თეთრიკლდე=Tetriklde",
};

const ARMENIAN: Names = Names {
    female: "Անահիտ=Anahit, Գայանե=Gayane, Լուսինե=Lusine, Նարինե=Narine, Շուշան=Shushan",
    male: "Արամ=Aram, Գագիկ=Gagik, Հայկ=Hayk, Տիգրան=Tigran, Վահագն=Vahagn",
    female_surnames: "Լեռնաղբյուրյան=Lernaghbyuryan, Արևածաղկյան=Arevatsaghkyan, Ձյունապատյան=Dzyunapatyan",
    surnames: "Լեռնաղբյուրյան=Lernaghbyuryan, Արևածաղկյան=Arevatsaghkyan, Ձյունապատյան=Dzyunapatyan",
    towns: "Նորաղբյուր=Noraghbyur, Արևաշող=Arevashogh, Լեռնահովիտ=Lernahovit",
};

const HEBREW: Names = Names {
    female: "דנה=Dana, נועה=Noa, תמר=Tamar, יעל=Yael, שירה=Shira",
    male: "אורי=Uri, דוד=David, יונתן=Yonatan, משה=Moshe, נדב=Nadav",
    female_surnames: "הרצלבן=Hartzlavan, גלילזהב=Galilzahav, שדותים=Sdotim, אלוניעל=Aloniel",
    surnames: "הרצלבן=Hartzlavan, גלילזהב=Galilzahav, שדותים=Sdotim, אלוניעל=Aloniel",
    towns: "גבעת זהב=Givat Zahav, נחל אורן ים=Nahal Oren Yam, כפר שדות=Kfar Sadot",
};

const ARABIC: Names = Names {
    female: "أمينة=Amina, بسمة=Basma, جميلة=Jamila, زهرة=Zahra, فريدة=Farida",
    male: "بلال=Bilal, حمزة=Hamza, طارق=Tariq, كريم=Karim, نبيل=Nabil",
    female_surnames: "القمراني=Alqamarani, المنصورية=Almansouriyah, خليفانور=Khalifanour, الشرقابي=Alsharqabi",
    surnames: "القمراني=Alqamarani, المنصورية=Almansouriyah, خليفانور=Khalifanour, الشرقابي=Alsharqabi",
    towns: "عين زيتون=Ain Zaytoun, الواحات=El Wahat, رأس النخل=Ras El Nakhl",
};
