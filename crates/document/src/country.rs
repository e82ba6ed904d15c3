//! Codes of countries: ISO 3166-1 with two letters beside three, and Kosovo, which ISO has not assigned.

use crate::mrz;

/// Alpha-2 followed by alpha-3.
const PAIRS: &str = "\
     ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE \
     BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS \
     BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN \
     COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST \
     EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF \
     GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD \
     HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM \
     JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA \
     LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD \
     MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM \
     NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG \
     PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA \
     SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD \
     STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON \
     TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR \
     VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE";

/// The alpha-3 code of an alpha-2 or alpha-3 code in any letter case; `None` for what is neither.
///
/// ```
/// assert_eq!(document::country::alpha3("es"), Some("ESP"));
/// ```
pub fn alpha3(code: &str) -> Option<&'static str> {
    pair(code).map(|pair| &pair[2..])
}

/// The alpha-2 code of an alpha-2 or alpha-3 code in any letter case; `None` for what is neither.
pub fn alpha2(code: &str) -> Option<&'static str> {
    pair(code).map(|pair| &pair[..2])
}

/// English name of an alpha-2 or alpha-3 code or of one of ICAO's own codes.
pub fn name(code: &str) -> Option<&'static str> {
    match alpha3(code) {
        Some("XKX") => Some("Kosovo"),
        Some(alpha3) => mrz::country_name(alpha3),
        None => mrz::country_name(&code.to_ascii_uppercase()),
    }
}

/// Every alpha-3 code, in the order of the two letters.
pub fn all() -> impl Iterator<Item = &'static str> {
    PAIRS.split(' ').map(|pair| &pair[2..])
}

fn pair(code: &str) -> Option<&'static str> {
    // ICAO's and Kosovo's own code for the same country.
    let code = if code.eq_ignore_ascii_case("RKS") { "XKX".to_owned() } else { code.to_ascii_uppercase() };
    PAIRS.split(' ').find(|pair| pair[..2] == code || pair[2..] == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_has_a_name_and_stands_once() {
        let mut codes: Vec<&str> = all().collect();
        assert!(codes.iter().all(|code| code.len() == 3 && name(code).is_some()));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 250);
    }

    #[test]
    fn two_letters_become_three_and_back() {
        assert_eq!((alpha3("es"), alpha3("ESP"), alpha3("gb")), (Some("ESP"), Some("ESP"), Some("GBR")));
        assert_eq!((alpha2("deu"), alpha2("RKS"), alpha2("xx")), (Some("DE"), Some("XK"), None));
        assert_eq!((alpha3(""), alpha3("QQ"), alpha3("E"), alpha3("é")), (None, None, None, None));
        assert_eq!((name("XXA"), name("xk"), name("QQQ")), (Some("Stateless person"), Some("Kosovo"), None));
    }
}
