//! The tables behind [`super::name`]. Surnames and towns are invented; a match with a real one is chance.

/// A naming tradition; several nations may share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    Anglo,
    Arabic,
    Baltic,
    Chinese,
    Dutch,
    French,
    German,
    Greek,
    Hungarian,
    Iberian,
    Indic,
    Irish,
    Italian,
    Japanese,
    Korean,
    Nordic,
    Polynesian,
    Romanian,
    Slavic,
    Swahili,
    Thai,
    Turkish,
    Vietnamese,
    WestAfrican,
}

/// How names of one region are drawn: lists separated by `, `, and shares that are probabilities.
pub(crate) struct Names {
    pub(crate) female: &'static str,
    pub(crate) male: &'static str,
    pub(crate) surnames: &'static str,
    pub(crate) towns: &'static str,
    pub(crate) second_given: f32,
    pub(crate) double_surname: f32,
    pub(crate) hyphen: f32,
    pub(crate) single_name: f32,
}

pub(crate) fn of(region: Region) -> &'static Names {
    match region {
        Region::Anglo => &ANGLO,
        Region::Arabic => &ARABIC,
        Region::Baltic => &BALTIC,
        Region::Chinese => &CHINESE,
        Region::Dutch => &DUTCH,
        Region::French => &FRENCH,
        Region::German => &GERMAN,
        Region::Greek => &GREEK,
        Region::Hungarian => &HUNGARIAN,
        Region::Iberian => &IBERIAN,
        Region::Indic => &INDIC,
        Region::Irish => &IRISH,
        Region::Italian => &ITALIAN,
        Region::Japanese => &JAPANESE,
        Region::Korean => &KOREAN,
        Region::Nordic => &NORDIC,
        Region::Polynesian => &POLYNESIAN,
        Region::Romanian => &ROMANIAN,
        Region::Slavic => &SLAVIC,
        Region::Swahili => &SWAHILI,
        Region::Thai => &THAI,
        Region::Turkish => &TURKISH,
        Region::Vietnamese => &VIETNAMESE,
        Region::WestAfrican => &WEST_AFRICAN,
    }
}

const ANGLO: Names = Names {
    female: "Abigail, Beatrice, Charlotte, Daphne, Eleanor, Harriet, Imogen, Josephine, Millicent, \
        Rosalind",
    male: "Alistair, Benedict, Cedric, Duncan, Edmund, Frederick, Gideon, Lionel, Rupert, Tobias",
    surnames: "Ashgrove, Brackenbury, Coldwater, Dunmarrow, Elderwick, Fennimoor, Goldsworthe, Harrowmere, \
        Inglethorpe, Larkhollow, Merriden, Oakenshaw, Pembrackle, Thistlewood, Winterbourn, \
        D'Arcendale",
    towns: "Eastmarrow, Kingsfennel, Port Larkin, Stoneybeck, Westerholm",
    second_given: 0.5,
    double_surname: 0.0,
    hyphen: 0.06,
    single_name: 0.0,
};

const ARABIC: Names = Names {
    female: "Amina, Basma, Dalal, Farida, Hadil, Jamila, Kawthar, Nawal, Rim, Zahra",
    male: "Adnan, Bilal, Faisal, Hamza, Idris, Jalal, Karim, Nabil, Tariq, Yasin",
    surnames: "Abd El-Warith, Al-Mansouriyah, Al-Qamarani, Ben Yakhlouf, Bint Zahrawi, Bou'azzaoui, El \
        Berkaniyi, El Hadjrine, El-Sharqabi, Ibn Tahiri, Khalifanour, Oulad Messoud",
    towns: "Ain Zaytoun, El Wahat, Kasbat Nour, Ras El Nakhl",
    second_given: 0.4,
    double_surname: 0.15,
    hyphen: 0.0,
    single_name: 0.02,
};

const BALTIC: Names = Names {
    female: "Aistė, Baiba, Džiugė, Eglė, Kristīne, Liis, Maarja, Rūta, Žydrė, Õnne",
    male: "Andrius, Ēriks, Jānis, Kęstutis, Märt, Naglis, Priit, Šarūnas, Tõnu, Uģis",
    surnames: "Bērzlapa, Dzintarkalns, Gintarauskas, Kuusemets, Lepiksaar, Miškinaitis, Ozolkrasts, \
        Põldveer, Rudenėlis, Saulkrūms, Šilagiris, Tammeõue, Vējgals, Žemgulis",
    towns: "Kaljuvere, Liepkalne, Ąžuolynas, Mežmuiža",
    second_given: 0.2,
    double_surname: 0.0,
    hyphen: 0.1,
    single_name: 0.0,
};

const CHINESE: Names = Names {
    female: "Aihua, Baozhen, Chunyan, Fenglan, Jingwei, Lihua, Meixiang, Qiuyue, Xiulan, Yuzhen",
    male: "Bowen, Changming, Dawei, Guoqiang, Jianhong, Liwei, Mingzhe, Shaoqi, Weidong, Zhiyuan",
    surnames: "An, Bai, Ouyang, Cen, Fei, Gao, Huo, Jin, Lan, Mu, Qiu, Shangguan, Tong, Wei, Xi, Yun",
    towns: "Baishui, Hongshan Xian, Lüyuan, Qingxi",
    second_given: 0.0,
    double_surname: 0.0,
    hyphen: 0.0,
    single_name: 0.0,
};

const DUTCH: Names = Names {
    female: "Anneke, Floortje, Geertruida, Hendrikje, Ineke, Liesbeth, Maaike, Noëlle, Saskia, Wilhelmina",
    male: "Bartholomeus, Cornelis, Diederik, Gijsbert, Hendrik, Joost, Koenraad, Maarten, Teunis, \
        Willem",
    surnames: "van den Berkenbosch, de Windmolenaar, ter Waterlinden, van 't Hoogeveld, Kaasjager, \
        Duinkerkamp, Grachtenburg, van der Polderman, Noordeloos, Tulpenkade, IJsselborn, \
        Zeewoldstra, 's Gravenmeer",
    towns: "Noorderwaarde, Oudepolder, Zandmeer, Wilgenbroek",
    second_given: 0.45,
    double_surname: 0.0,
    hyphen: 0.15,
    single_name: 0.0,
};

const FRENCH: Names = Names {
    female: "Adèle, Brigitte, Clémence, Désirée, Eugénie, Françoise, Gisèle, Hélène, Maïlys, Océane",
    male: "Aurélien, Barthélemy, Cédric, Étienne, François, Gaël, Jérôme, Loïc, Noël, Théophile",
    surnames: "Aubrecœur, Beaulieutard, Châtelmont, D'Aubrissac, D'Ormesson-Leval, Desrochelles, Fontbrune, \
        Gâtinière, L'Hermitain, Lagrangette, Montrézel, Pérignac, Queyrassol, Saint-Éloigny, \
        Tréville-Marchais, Vauquelain",
    towns: "Aubrive-sur-Loue, Châteaurieux, Montfleury, Saint-Aurillac",
    second_given: 0.45,
    double_surname: 0.0,
    hyphen: 0.3,
    single_name: 0.0,
};

const GERMAN: Names = Names {
    female: "Annegret, Brünhilde, Friederike, Gisela, Jördis, Käthe, Liselotte, Mechthild, Rosemarie, \
        Ursula",
    male: "Björn, Dietmar, Eckehard, Günther, Jörg, Konrad, Leopold, Rüdiger, Sören, Volker",
    surnames: "Altenbrück, Birkenstößer, Dornröder, Eichenmüller, Fährmannsen, Großkopfer, Hübschenau, \
        Jägerthal, Königsfelder, Mühlenweg, Nüßlinger, Rosenthäler, Schönwäldt, Übelhöfer, von \
        Tannenreuth, Weißbachner, Zwölfer",
    towns: "Altenrode, Bad Mühlingen, Lindenfurt, Neuwaldstadt, Königsbrunnen",
    second_given: 0.35,
    double_surname: 0.0,
    hyphen: 0.12,
    single_name: 0.0,
};

const GREEK: Names = Names {
    female: "Anastasia, Chrysoula, Despoina, Evangelia, Foteini, Kalliopi, Marigo, Paraskevi, Theodora, \
        Vasiliki",
    male: "Achilleas, Charalampos, Dimosthenis, Eleftherios, Fotios, Konstantinos, Nektarios, \
        Panagiotis, Spyridon, Themistoklis",
    surnames: "Anemoglakis, Chrysanthellis, Dafnomilaios, Elatopoulos, Fengaridis, Galanopetris, \
        Karydiakis, Lampropedas, Melissinaris, Papathalassis, Rodanthakis, Thymaropoulos",
    towns: "Kalliroi, Nea Anemoni, Petrochori, Thalassini",
    second_given: 0.1,
    double_surname: 0.0,
    hyphen: 0.06,
    single_name: 0.0,
};

const HUNGARIAN: Names = Names {
    female: "Ágota, Boglárka, Csenge, Dorottya, Erzsébet, Gyöngyi, Ildikó, Orsolya, Piroska, Zsófia",
    male: "Ákos, Botond, Csongor, Dénes, Előd, Gergő, Jenő, Lőrinc, Szabolcs, Zsigmond",
    surnames: "Almásfalvi, Búzavirág, Csillagvári, Erdőhátfi, Gyöngyösdi, Hollókői, Kőszegvári, Őrhegyi, \
        Szélkapui, Tölgyesfi, Ürményházi, Zöldmezei",
    towns: "Aranykút, Hársfalu, Kőrösvár, Tiszahát",
    second_given: 0.4,
    double_surname: 0.02,
    hyphen: 0.1,
    single_name: 0.0,
};

const IBERIAN: Names = Names {
    female: "Adoración, Begoña, Concepción, Dolores, Inês, João Maria, Leonor, Maite, Natália, Ximena",
    male: "Álvaro, Bartolomé, César, Efraín, Gonçalo, Íñigo, Joaquín, Nicolás, Simão, Ulises",
    surnames: "Albarrondo, Buenrostrero, Castañuela, Dehesaluna, Encinarte, Fuensanta, Guimarãnes, \
        Higuerón, Ibarrondegui, Jimarés, Lombardeira, Muñeiros, Peñalverde, Quiñoneda, Ribasalta, \
        Sepúlvedar, Valdeaguas, Zubiarrate",
    towns: "Aldealuenga, Ribeira do Sol, San Bartolo del Monte, Villaseñora, Vila Formosinha",
    second_given: 0.4,
    double_surname: 0.72,
    hyphen: 0.05,
    single_name: 0.0,
};

const INDIC: Names = Names {
    female: "Ananya, Bhavani, Chitralekha, Deepshikha, Indumati, Kamakshi, Lalitha, Meenakshi, \
        Padmavathi, Yamuna",
    male: "Aniruddha, Balachandran, Dhananjay, Gopalakrishnan, Harshavardhan, Jayaraman, Lakshmanan, \
        Narasimhan, Raghunandan, Venkateswaran",
    surnames: "Anandpurkar, Bhagirathan, Chandravanshiya, Devanahalli, Gangadharappa, Himmatnagari, \
        Kailashwala, Mayurbhanjee, Navalgundkar, Puranapolimath, Suryanarayanappa, Vanamalikar",
    towns: "Anandgiri, Champaknagar, Neelkantpura, Suryapalli",
    second_given: 0.2,
    double_surname: 0.05,
    hyphen: 0.0,
    single_name: 0.1,
};

const IRISH: Names = Names {
    female: "Aoife, Bríd, Caoimhe, Deirdre, Éabha, Fionnuala, Gráinne, Niamh, Róisín, Sadhbh",
    male: "Aodhán, Cillian, Diarmuid, Eoghan, Fiachra, Lorcán, Oisín, Pádraig, Ruairí, Tadhg",
    surnames: "O'Ballagher, O'Carrowmore, O'Dunlevan, O'Finnerane, O'Shaughlin, Mac Cormaigh, Mac Tiernagh, \
        McAllendree, McGillarney, Ní Dhomhráin, Ó Buachaill-Ghlas, O'Raftery-Moone, Kilmarnagh, \
        Tullaghan",
    towns: "Ballynaveagh, Carrickmoyle, Dún Garráin, Kilcashlan",
    second_given: 0.3,
    double_surname: 0.0,
    hyphen: 0.05,
    single_name: 0.0,
};

const ITALIAN: Names = Names {
    female: "Annunziata, Beatrice, Carlotta, Domitilla, Fiammetta, Ginevra, Ludovica, Niccolina, Ornella, \
        Serafina",
    male: "Achille, Baldassarre, Cosimo, Edoardo, Gaspare, Lodovico, Niccolò, Ottavio, Salvatore, \
        Tancredi",
    surnames: "Acquaviola, Bellincanto, Castelgranda, D'Amorelli, D'Onofrietti, Dell'Ombrosa, Fioravallo, \
        Grandolfino, Lamberteschi, Montecalva, Nicolucci, Passalacquante, Quattrostelle, \
        Rocchigiana, Serracapre, Tramontella",
    towns: "Borgo Serale, Castelfiorito, Montesereno, Portolungo",
    second_given: 0.35,
    double_surname: 0.04,
    hyphen: 0.03,
    single_name: 0.0,
};

const JAPANESE: Names = Names {
    female: "Akemi, Chiyoko, Fumiko, Haruka, Kiyomi, Mitsuki, Natsuko, Sakurako, Tomoe, Yoshino",
    male: "Akihito, Daijiro, Eikichi, Genzaburo, Hayato, Kenshin, Masanori, Ryunosuke, Shintaro, \
        Yasuhiro",
    surnames: "Akizukida, Fujinomori, Hanasakagi, Isonokawa, Kazehaya, Kumogaoka, Mizunaguchi, \
        Narukamisawa, Otowayama, Shirahamano, Takenouchida, Yukimurai",
    towns: "Asahigaoka, Hoshinomachi, Minatokawa, Yamazato",
    second_given: 0.0,
    double_surname: 0.0,
    hyphen: 0.0,
    single_name: 0.0,
};

const KOREAN: Names = Names {
    female: "Bo-Ra, Eun-Seo, Ha-Neul, Ji-Woo, Min-Jung, Na-Yeon, Seo-Hyun, So-Yeong, Ye-Rin, Yoon-Ah",
    male: "Dong-Hyun, Geon-Woo, Hyeon-Su, Jae-Won, Ki-Tae, Min-Ho, Sang-Woo, Seung-Jun, Tae-Yang, \
        Young-Jin",
    surnames: "Ahn, Bang, Chae, Dokgo, Eom, Gil, Hwangbo, Jegal, Ma, Namgung, Pyo, Seonu, Tak, Yeom",
    towns: "Byeolmaeul, Haeundong, Saebyeok-Ri, Solbat",
    second_given: 0.0,
    double_surname: 0.0,
    hyphen: 0.0,
    single_name: 0.0,
};

const NORDIC: Names = Names {
    female: "Åsa, Birgitta, Dagný, Guðrún, Hjördis, Ingeborg, Kirsi, Päivi, Sólveig, Øydis",
    male: "Anders, Bjarne, Eyvindur, Håkon, Jørgen, Kåre, Määttä, Pekka, Sigurður, Þorvaldur",
    surnames: "Ahlgrensson, Björkestad, Dahlströmer, Eskildsnes, Fjällbäcken, Granholmsen, Hämelkoski, \
        Jökulsdal, Korpivaara, Lindqvistad, Nygårdsen, Østervang, Rasmusdal, Søndermark, Tähtinenä, \
        Ångmanland",
    towns: "Björnvika, Havnesund, Koivuranta, Øyrehamn, Ödesjö",
    second_given: 0.4,
    double_surname: 0.0,
    hyphen: 0.08,
    single_name: 0.0,
};

const POLYNESIAN: Names = Names {
    female: "Alofa, Fa'alupe, Fetū, Leilani, Malia, Moana, Sefina, Sina, Tiresa, Va'asa",
    male: "Afamasaga, Fa'afetai, Ioane, Lagi, Manu, Pita, Sione, Tavita, To'alua, Viliamu",
    surnames: "Fa'amatuai, Fuimaonoa, Leota'ivao, Ma'afuluse, Pulemaga'i, Sa'iliemanu, Tagaloasa, \
        To'omalatua, Tuila'epasa, Va'aelua",
    towns: "Fagaloto, Lalomanua, Sale'aumea, Vaitele-Uta",
    second_given: 0.3,
    double_surname: 0.0,
    hyphen: 0.05,
    single_name: 0.05,
};

const ROMANIAN: Names = Names {
    female: "Anișoara, Brândușa, Crăița, Doinița, Ileana, Lăcrămioara, Mărioara, Ruxandra, Sânziana, \
        Viorica",
    male: "Alecsandru, Brăduț, Costin, Dănuț, Făgăraș, Ionuț, Mihăiță, Ștefan, Traian, Țugulea",
    surnames: "Albuleasa, Brădescuțiu, Câmpulungeanu, Drăgănelu, Fântâneru, Gherghinescu, Izvorăreanu, \
        Luncășel, Moșneguță, Pădurețu, Stejărescu, Țărnovanu",
    towns: "Băile Verzi, Lunca Mierlei, Piatra Șoimului, Târgu Viorii",
    second_given: 0.35,
    double_surname: 0.0,
    hyphen: 0.15,
    single_name: 0.0,
};

const SLAVIC: Names = Names {
    female: "Agnieszka, Bogusława, Čestmíra, Dragica, Elżbieta, Jiřina, Ljubica, Małgorzata, Růžena, \
        Živka",
    male: "Błażej, Čedomir, Dušan, Grzegorz, Jaromír, Krešimir, Łukasz, Mieczysław, Ondřej, Željko",
    surnames: "Brzozowiecki, Čarobnić, Dębogórski, Ďurkovec, Gwiazdowicz, Hvězdáček, Jabłonowiak, \
        Kovačinić, Łąkomski, Medvědský, Novosadlić, Podgorščak, Růžičkovec, Šestakovski, Świerczyna, \
        Vlčnovský, Żółtaniecki",
    towns: "Dolna Brzezina, Hvězdov, Kamenigrad, Łąkowo, Staré Lipí",
    second_given: 0.25,
    double_surname: 0.0,
    hyphen: 0.12,
    single_name: 0.0,
};

const SWAHILI: Names = Names {
    female: "Achieng, Chebet, Kerubo, Makena, Mumbua, Neema, Nyambura, Wairimu, Wanjiku, Zawadi",
    male: "Barasa, Jabali, Kiprono, Mutiso, Mwangi, Ochieng, Okello, Simiyu, Wafula, Wekesa",
    surnames: "Kamotholeni, Kiprugut, Lang'ombe, Makorani, Mwang'ondu, Ndirangai, Ng'etuny, Nyakerario, \
        Odhiambola, Olang'o, Thiong'ori, Wambugua",
    towns: "Kilimasha, Lang'atani, Mtopanga, Ng'ombeni",
    second_given: 0.5,
    double_surname: 0.04,
    hyphen: 0.0,
    single_name: 0.01,
};

const THAI: Names = Names {
    female: "Apinya, Busaba, Chanthira, Duangkamol, Jirapha, Kanlaya, Malee, Nongnuch, Pensri, Wilawan",
    male: "Anurak, Boonsong, Chaiyaphum, Decha, Kittisak, Narong, Prasert, Somchok, Thanakorn, Wichai",
    surnames: "Amornrattanakul, Bunyaphirom, Charoensukwattana, Duangprasitthi, Kanchanabatra, Laohapaisan, \
        Manorotkul, Ngamsirichok, Phongphanichkul, Rattanasuwankul, Thammasirinon, Wongsuriyachai",
    towns: "Ban Dok Bua, Mae Sai Ngoen, Nong Pla Thong, Wiang Fa",
    second_given: 0.0,
    double_surname: 0.0,
    hyphen: 0.0,
    single_name: 0.0,
};

const TURKISH: Names = Names {
    female: "Ayşegül, Büşra, Çiğdem, Elifnur, Gülşah, Işıl, Nilüfer, Öykü, Şebnem, Ümran",
    male: "Alparslan, Barış, Çağatay, Doğukan, Erdoğmuş, İlhan, Oğuzhan, Önder, Süleyman, Yiğit",
    surnames: "Akgündüzer, Bozkırlıoğlu, Çınaraltı, Demirkapılı, Gökçedağ, Işıkyolcu, Karabulutlu, \
        Kızılırmaklı, Şahinbeyoğlu, Taşköprüer, Uzunçayır, Yıldızhan",
    towns: "Akçapınar, Gülbahçe, İncirliova, Şirinköy",
    second_given: 0.3,
    double_surname: 0.0,
    hyphen: 0.0,
    single_name: 0.0,
};

const VIETNAMESE: Names = Names {
    female: "Thị Ánh, Thị Bích, Diễm Quỳnh, Hồng Nhung, Kiều Oanh, Mỹ Duyên, Ngọc Lan, Phương Thảo, Thùy \
        Dương, Tuyết Mai",
    male: "Bảo Long, Công Thành, Đăng Khoa, Đức Huy, Hữu Nghĩa, Minh Quân, Quốc Việt, Thanh Tùng, Văn \
        Sơn, Xuân Trường",
    surnames: "Âu, Bạch, Chử, Đoàn, Hứa, Khổng, Lục, Nghiêm, Quách, Tống, Ưng, Vương",
    towns: "Bến Sen, Đồng Lúa, Phước Hưng, Suối Mây",
    second_given: 0.0,
    double_surname: 0.0,
    hyphen: 0.0,
    single_name: 0.0,
};

const WEST_AFRICAN: Names = Names {
    female: "Abiodun, Adaeze, Bolanle, Chidinma, Folasade, Ifeoma, Ngozi, Omolara, Titilayo, Yetunde",
    male: "Adebayo, Babatunde, Chukwuemeka, Ebubechukwu, Ikechukwu, Kolawole, Nnamdi, Oluwaseun, \
        Tochukwu, Uchenna",
    surnames: "Adegbenrolu, Akinlabisun, Chukwudolue, Ekwuemeri, Folorunshola, Ibrahimawa, Nwachinemelu, \
        Oduyemisi, Ogunbanjoko, Okonkwolie, Olufunwabi, Uzochukwara",
    towns: "Ake-Oro, Igbodara, Obinweke, Umuazala",
    second_given: 0.6,
    double_surname: 0.0,
    hyphen: 0.12,
    single_name: 0.0,
};
