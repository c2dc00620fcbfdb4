/// The countries of ISO 3166-1: codes in capital letters, English names in small ones, some in more than one form.
enum Countries {
  static let two = Set(
    """
    AF AX AL DZ AS AD AO AI AQ AG AR AM AW AU AT AZ BS BH BD BB BY BE BZ BJ BM BT BO BQ BA BW BV BR IO BN BG BF BI
    CV KH CM CA KY CF TD CL CN CX CC CO KM CG CD CK CR CI HR CU CW CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FK FO
    FJ FI FR GF PF TF GA GM GE DE GH GI GR GL GD GP GU GT GG GN GW GY HT HM VA HN HK HU IS IN ID IR IQ IE IM IL IT
    JM JP JE JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MO MG MW MY MV ML MT MH MQ MR MU YT MX FM MD MC MN
    ME MS MA MZ MM NA NR NP NL NC NZ NI NE NG NU NF MK MP NO OM PK PW PS PA PG PY PE PH PN PL PT PR QA RE RO RU RW
    BL SH KN LC MF PM VC WS SM ST SA SN RS SC SL SG SX SK SI SB SO ZA GS SS ES LK SD SR SJ SE CH SY TW TJ TZ TH TL
    TG TK TO TT TN TR TM TC TV UG UA AE GB US UM UY UZ VU VE VN VG VI WF EH YE ZM ZW
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  static let three = Set(
    """
    AFG ALA ALB DZA ASM AND AGO AIA ATA ATG ARG ARM ABW AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BMU BTN BOL
    BES BIH BWA BVT BRA IOT BRN BGR BFA BDI CPV KHM CMR CAN CYM CAF TCD CHL CHN CXR CCK COL COM COG COD COK CRI
    CIV HRV CUB CUW CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FLK FRO FJI FIN FRA GUF PYF ATF GAB
    GMB GEO DEU GHA GIB GRC GRL GRD GLP GUM GTM GGY GIN GNB GUY HTI HMD VAT HND HKG HUN ISL IND IDN IRN IRQ IRL
    IMN ISR ITA JAM JPN JEY JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MAC MDG MWI MYS
    MDV MLI MLT MHL MTQ MRT MUS MYT MEX FSM MDA MCO MNG MNE MSR MAR MOZ MMR NAM NRU NPL NLD NCL NZL NIC NER NGA
    NIU NFK MKD MNP NOR OMN PAK PLW PSE PAN PNG PRY PER PHL PCN POL PRT PRI QAT REU ROU RUS RWA BLM SHN KNA LCA
    MAF SPM VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SXM SVK SVN SLB SOM ZAF SGS SSD ESP LKA SDN SUR SJM SWE CHE
    SYR TWN TJK TZA THA TLS TGO TKL TON TTO TUN TUR TKM TCA TUV UGA UKR ARE GBR USA UMI URY UZB VUT VEN VNM VGB
    VIR WLF ESH YEM ZMB ZWE
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  static let names = Set(
    """
    afghanistan;åland islands;albania;algeria;american samoa;andorra;angola;anguilla;antarctica;
    antigua and barbuda;argentina;armenia;aruba;australia;austria;azerbaijan;bahamas;bahrain;bangladesh;barbados;
    belarus;belgium;belize;benin;bermuda;bhutan;bolivia;bonaire;bosnia and herzegovina;botswana;bouvet island;
    brazil;british indian ocean territory;brunei;bulgaria;burkina faso;burundi;cabo verde;cambodia;cameroon;
    canada;cayman islands;central african republic;chad;chile;china;christmas island;cocos islands;colombia;
    comoros;congo;democratic republic of the congo;cook islands;costa rica;côte d'ivoire;croatia;cuba;curaçao;
    cyprus;czechia;denmark;djibouti;dominica;dominican republic;ecuador;egypt;el salvador;equatorial guinea;
    eritrea;estonia;eswatini;ethiopia;falkland islands;faroe islands;fiji;finland;france;french guiana;
    french polynesia;french southern territories;gabon;gambia;georgia;germany;ghana;gibraltar;greece;greenland;
    grenada;guadeloupe;guam;guatemala;guernsey;guinea;guinea-bissau;guyana;haiti;
    heard island and mcdonald islands;holy see;honduras;hong kong;hungary;iceland;india;indonesia;iran;iraq;
    ireland;isle of man;israel;italy;jamaica;japan;jersey;jordan;kazakhstan;kenya;kiribati;north korea;
    south korea;kuwait;kyrgyzstan;laos;latvia;lebanon;lesotho;liberia;libya;liechtenstein;lithuania;luxembourg;
    macao;madagascar;malawi;malaysia;maldives;mali;malta;marshall islands;martinique;mauritania;mauritius;mayotte;
    mexico;micronesia;moldova;monaco;mongolia;montenegro;montserrat;morocco;mozambique;myanmar;namibia;nauru;
    nepal;netherlands;new caledonia;new zealand;nicaragua;niger;nigeria;niue;norfolk island;north macedonia;
    northern mariana islands;norway;oman;pakistan;palau;palestine;panama;papua new guinea;paraguay;peru;
    philippines;pitcairn;poland;portugal;puerto rico;qatar;réunion;romania;russia;rwanda;saint barthélemy;
    saint helena;saint kitts and nevis;saint lucia;saint martin;saint pierre and miquelon;
    saint vincent and the grenadines;samoa;san marino;sao tome and principe;saudi arabia;senegal;serbia;
    seychelles;sierra leone;singapore;sint maarten;slovakia;slovenia;solomon islands;somalia;south africa;
    south georgia;south sudan;spain;sri lanka;sudan;suriname;svalbard and jan mayen;sweden;switzerland;syria;
    taiwan;tajikistan;tanzania;thailand;timor-leste;togo;tokelau;tonga;trinidad and tobago;tunisia;türkiye;
    turkmenistan;turks and caicos islands;tuvalu;uganda;ukraine;united arab emirates;united kingdom;united states;
    united states minor outlying islands;uruguay;uzbekistan;vanuatu;venezuela;viet nam;british virgin islands;
    united states virgin islands;wallis and futuna;western sahara;yemen;zambia;zimbabwe;vietnam;turkey;
    ivory coast;cote d'ivoire;czech republic;swaziland;cape verde;united states of america;great britain;england;
    scotland;wales;northern ireland;korea;republic of korea;russian federation;macedonia;burma;curacao;reunion;
    brunei darussalam;holland;vatican city;the netherlands;macau;east timor;palestinian territories;
    bolivia, plurinational state of;iran, islamic republic of;tanzania, united republic of;
    venezuela, bolivarian republic of;the gambia;the bahamas;uae;syrian arab republic;
    lao people's democratic republic;são tomé and príncipe;
    """.split { $0 == ";" || $0 == "\n" }.map(String.init))
}

/// The codes of ISO 4217 that are in use.
enum CurrencyCodes {
  static let all = Set(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
    LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR
    PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP
    TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
