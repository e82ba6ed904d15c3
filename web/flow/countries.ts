// ISO 3166-1 codes; the names come from the browser, in the person's language.

/** Alpha-3 followed by alpha-2, and XKX for Kosovo, which ISO has not assigned. */
const PAIRS = `
  ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU
  AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ
  BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI
  CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE
  DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK
  FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR
  GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN
  IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH
  KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV
  MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN
  MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI
  NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL
  PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG
  SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI
  SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT
  TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG
  VIRVI VNMVN VUTVU WLFWF WSMWS XKXXK YEMYE ZAFZA ZMBZM ZWEZW
`;

export interface Country {
  /** ISO 3166-1 alpha-3, as the API wants it. */
  code: string;
  name: string;
  /** The name folded for searching: no case, no accents. */
  folded: string;
}

const TWO_LETTERS = new Map(
  PAIRS.trim().split(/\s+/).map((pair) => [pair.slice(0, 3), pair.slice(3)] as const),
);

/** Lower case without accents, so that "espana" finds "España". */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** Alpha-3 codes of these alpha-2 codes; unknown ones are left out. */
export function threeLetters(codes: readonly string[]): string[] {
  const wanted = new Set(codes);
  return [...TWO_LETTERS].filter(([, two]) => wanted.has(two)).map(([three]) => three);
}

export function twoLetters(three: string): string | undefined {
  return TWO_LETTERS.get(three);
}

/** The countries allowed (all when `allowed` is null), named and sorted in `language`. */
export function countriesIn(language: string, allowed: readonly string[] | null): Country[] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const codes = allowed ?? [...TWO_LETTERS.keys()];
  const order = new Intl.Collator(language);
  return codes
    .map((code) => {
      const name = nameOf(names, code);
      return { code, name, folded: fold(name) };
    })
    .sort((a, b) => order.compare(a.name, b.name));
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  const two = TWO_LETTERS.get(code);
  return (two && names.of(two)) || code;
}

/** Countries whose name or code matches what was typed; names that begin with it come first. */
export function search(countries: readonly Country[], typed: string): Country[] {
  const wanted = fold(typed);
  if (!wanted) return [...countries];
  const rank = (country: Country) => {
    if (country.folded.startsWith(wanted)) return 0;
    if (country.folded.split(/[\s-]+/).some((word) => word.startsWith(wanted))) return 1;
    if (country.code.toLowerCase() === wanted) return 1;
    return country.folded.includes(wanted) ? 2 : 3;
  };
  return countries
    .map((country) => ({ country, rank: rank(country) }))
    .filter((entry) => entry.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map((entry) => entry.country);
}

/** The alpha-3 code of the region in the browser's languages ("es-MX" gives "MEX"), if any. */
export function regionOf(languages: readonly string[]): string | null {
  for (const tag of languages) {
    const two = /-([A-Z]{2})\b/.exec(tag)?.[1];
    if (!two) continue;
    for (const [three, other] of TWO_LETTERS) if (other === two) return three;
  }
  return null;
}
