"""Our own words: what stands around names, what names a service, and what everybody shares and identifies nobody."""


def words(text):
    return frozenset(text.split())


def phrases(text):
    return frozenset(phrase.strip() for phrase in text.replace("\n", "|").split("|") if phrase.strip())


TITLES = words(
    """mr mrs ms miss mx dr doctor prof professor rev reverend sir lady lord dame pc dc ds di dci wpc pcso sgt
    sergeant inspector constable cllr councillor sister nurse father fr pastor imam rabbi judge justice captain
    capt col colonel major lt lieutenant auntie aunt aunty uncle nanny madam canon bishop detective
    superintendent midwife matron baroness baron president king queen prince princess saint"""
)
# Titles that are also words or initials: only before what looks like a name.
LOOSE_TITLES = words(
    """ds di dc pc major sister father nurse doctor judge justice president king queen prince saint lady lord miss
    col nanny detective"""
)

PEOPLE = words(
    """daughter son brother sister mum mam mom mother dad father wife husband partner girlfriend boyfriend nephew
    niece cousin neighbour friend mate colleague client patient tenant resident baby twin grandson granddaughter
    grandmother grandfather gran nan grandad ex-partner ex-husband ex-wife ex stepson stepdaughter stepfather
    stepmother stepdad stepmum sister-in-law brother-in-law worker keyworker caseworker landlord landlady boss
    manager lad girl boy man woman teenager pupil student mentor advocate"""
)
CALLING = words("called named nicknamed aka alias name's i'm")
GREETING = words("dear hi hello hey thanks thank cheers sorry love regards ta morning")
DOING_TO = words(
    """met told asked with saw rang phoned texted emailed visited helped supported knew know meet tell ask see ring
    phone text email visit help support and for by from about told gave thanked hugged introduced referred
    assessed remember miss love hate blamed let"""
)
VERBS = words(
    """said says told tells asked asks was is had has felt feels thought thinks went goes came comes wanted wants
    needed needs knew knows lived lives moved moves started starts stopped stops died dies left leaves got gets
    took takes made makes did does didn't doesn't hasn't wasn't isn't won't wouldn't couldn't can't would could
    will can cried cries laughed smiled explained explains agreed agrees refused refuses described describes
    became becomes worked works spent spends spoke speaks rang rings called calls phoned texted turned turns
    lost loses found finds gave gives kept keeps never always who whose herself himself suffered attended
    arrived received remembers remembered loved loves hated hates looked looks sat stood walked ran hit replied
    shouted whispered admitted added disclosed relapsed overdosed"""
)
SMALL_WORDS = words(
    """a an and any are as at be been but by can could did do does for from had has have he her here him his how i
    if in into is it its just like me more my no not of off on one only or our out over said she should so some
    than that the their them then there these they this those to too under until up us very was we were what
    when where which while who why will with would you your yes also after before about all because both each
    few most other own same such again once during between through against however although though since unless
    yet still now today tomorrow yesterday please thanks thank hello hi hey dear don't didn't i'm i've i'd i'll
    it's that's there's let let's get got go going make made may might must shall am being having doing perhaps
    maybe even well much many every everyone someone nobody nothing something everything anyone another around
    next last first second within without along across per via nor ever never always often sometimes usually
    later soon oh ah ok okay um lol omg yeah yep nope wow btw"""
)
# Words that open a sentence before a name.
PARTICLES = words(
    """de van von der den la le du da di del della bin ibn al el ap ter ten dos das ben abu bint y o' mac st"""
)

ORG_ENDS = words(
    """hospital infirmary surgery school academy primary secondary grammar college university clinic hospice centre
    center hostel refuge church mosque temple gurdwara synagogue chapel council trust foundation association ltd
    limited plc cic llp inc corp corporation group police nursery practice pharmacy ward prison charity
    constabulary library pub inn hotel club society federation institute agency partnership union bank company
    committee commission ministry newspaper times post news fc united bureau radio tv records studios software
    systems technologies solutions airlines airways homes housing housings cafe café foodbank"""
)
WEAK_ORG_ENDS = words(
    """department service services team unit project network board party office court authority house league band
    press"""
)
ORG_LINKS = words("of for and the & de")
ORG_STARTS = words(
    """university bank department ministry house church friends institute college royal hm hmp hmyoi st"""
)
PLACE_ENDS = words(
    "street road lane avenue crescent terrace gardens grove square park estate hill bridge river lake island beach "
    "valley forest wood village town city county bay moor dale falls mountain mountains island islands peninsula"
)
# Before places more often than before people.
IN_PLACES = words("in at near around outside across into towards visited via leaving through")
BEFORE_PLACES = IN_PLACES | words("from to of")

CALENDAR = words(
    """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
    saturdays sundays january february march april may june july august september october november december mon
    tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec christmas xmas
    easter ramadan eid diwali hanukkah halloween spring summer autumn winter"""
)
PEOPLES = words(
    """english british scottish welsh irish european american african asian black white muslim muslims christian
    christians jewish hindu sikh catholic protestant polish romanian indian pakistani bangladeshi somali syrian
    iranian iraqi afghan kurdish arab arabic albanian french german spanish italian russian chinese jamaican
    nigerian turkish dutch roma romany gypsy traveller travellers portuguese brazilian lithuanian latvian
    ukrainian eritrean ethiopian sudanese vietnamese urdu punjabi bengali caribbean victorian god bible quran
    jesus islam anglican greek swedish norwegian danish japanese korean canadian australian mexican israeli
    palestinian egyptian hispanic latino"""
)
BROAD_PLACES = phrases(
    """england|scotland|wales|britain|great britain|northern ireland|ireland|uk|the uk|united kingdom|europe
    european union|eu|london|america|usa|us|united states|africa|asia|australia|canada|france|germany|spain|italy
    poland|romania|india|pakistan|bangladesh|syria|iran|iraq|ukraine|russia|china|jamaica|nigeria|somalia|eritrea
    sudan|ethiopia|afghanistan|albania|vietnam|turkey|greater london|north east|north west|south east|south west
    west midlands|east midlands|east of england|yorkshire and the humber|yorkshire and humber|the north|the south
    north-east|north-west|south-east|south-west|midlands|the midlands|british isles"""
)
# The site's own words and services that the whole country shares.
GENERAL = phrases(
    """nhs|nhs england|nhs scotland|nhs wales|nhs trust|dwp|hmrc|cqc|ofsted|cafcass|ukvi|cps|moj|hmpps|hmcts|bbc
    google|facebook|twitter|whatsapp|instagram|youtube|tiktok|zoom|teams|microsoft teams|excel|word|outlook
    home office|ministry of justice|department of health|department for work and pensions|department for education
    department of health and social care|care quality commission|cabinet office|department for levelling up
    public health|public health england|police|council|government|parliament|jobcentre|job centre|jobcentre plus
    social services|social care|adult social care|children's social care|children's services|adult services
    children and families|housing|housing association|housing associations|housing options|housing benefit
    housing first|universal credit|personal independence payment|employment and support allowance|personal budget
    crown court|magistrates court|magistrates' court|family court|county court|court|probation|probation service
    national probation service|youth justice|youth offending team|youth offending service|citizens advice
    samaritans|shelter|crisis|mind|refuge|women's aid|age uk|childline|nspcc|barnardo's|red cross|british red cross
    salvation army|st mungo's|turning point|change grow live|trussell trust|macmillan|marie curie|rethink
    victim support|nacro|stonewall|acas|unison|unite|royal college of nursing|nice|nmc|hcpc|social work england|a&e
    accident and emergency|gp|gps|mental health|mental health act|mental capacity act|care act|children act
    human rights act|equality act|homelessness reduction act|data protection act|modern slavery act
    community mental health team|crisis team|street outreach|rough sleeping|drug and alcohol|drugs and alcohol
    alcoholics anonymous|narcotics anonymous|physical health|primary care|domestic abuse|sexual abuse|prisons
    prison|prisons and probation|courts|courts and legal advice|legal advice|legal aid|benefits|debt|money advice
    education|schools|immigration|immigration and asylum|voluntary sector|council commissioning|policy
    greater manchester systems changers|systems changers|lankelly chase|care opinion|human learning systems
    making every adult matter|meam|fulfilling lives|changing futures|national health service|county council
    city council|borough council|district council|town council|combined authority|local authority
    integrated care board|integrated care system|clinical commissioning group
    multi-agency risk assessment conference|section|act|bill|supreme court|high court|court of appeal
    house of commons|house of lords|house of lords|westminster|whitehall|downing street|treasury|covid|covid-19
    internet|alzheimer|parkinson|huntington|asperger|crohn|tourette|korsakoff|hodgkin|braille|makaton"""
)
ACRONYMS = words(
    """NHS UK GP GPs DWP HMRC PTSD ADHD MARAC MAPPA CAMHS CMHT CMHTs DV DA IDVA IDVAs ISVA A&E BBC TV OK PIP ESA
    JSA UC CV ID IT HR CEO LGBT LGBTQ LGBTQ+ HIV AIDS AA NA PA PC CPN CPNs OT OTs MDT MDTs ASB BME BAME SEN SEND
    SENCO ACE ACES ACEs COVID EU USA US AM PM II III IV VI HMP CQC MP MPs VCSE CIC NGO NGOs PDF FAQ RT LOL OMG
    WTF DM MH SMI SMD MEAM CDI PIE LD ASD OCD BPD EUPD DNA URL CCTV GDPR NI TB ICU ITU HDU ECG MRI CT AMHP AMHPs
    DNAR DNACPR EHCP EHCPs IEP PRU LAC CIN CP CPS LADO DSL SW SWs AP YOT YOS YJS ROTL OMU SPO PO POs HDC IPP NPS
    CRC NOMS ICB ICBs ICS CCG CCGs PCN LA LAs HB HA HAs RSL TA PRS B&B BnB EA EHO DHP LHA NRPF ARAP SPSS HLS
    SMART KPI KPIs TUPE SLA IAPT CBT DBT EMDR CPA ASW ABE PACE SARC DASH VAWG FGM FGC CSE CCE ICO SAR FOI RSPCA
    NSPCC RNIB VIP AKA PS FYI ASAP TBC TBA NB QR AI API USB SMS GPS WIFI FB IG DIY NVQ GCSE GCSEs BSc MSc PhD BA
    MA MBA BSL ESOL IELTS UKVI ILR BRP HO UASC UNHCR NASS ASC CSC NW NE SE SW XX XXX IBAN UPN ULN PNC URN MRN
    DOB NINO CRN PNG JPEG ISBN CC VAT TUC IPCC IOPC LGA ADASS ADCS NPCC PCC PCCs MOU TOR TORs PIN"""
)
MORE_WORDS = words(
    """email emails online website wellbeing safeguarding covid lockdown zoom whatsapp facebook twitter instagram
    youtube google app apps ok okay blog wifi gp gps healthcare co-production coproduction caseworker
    caseworkers keyworker keyworkers homelessness methadone naloxone buprenorphine benzos spice commissioner
    commissioners organisation organisations centre programme behaviour personalised recognised realise realised
    prioritise enquiry helpline helplines inreach outreach multi-agency hand-offs joined-up siloed jobcentre
    careleaver foodbank foodbanks universal housing resettlement wraparound upskill signpost signposted
    signposting triage triaged sectioned signatory stakeholder stakeholders neurodivergent neurodiverse autistic
    trans non-binary cis gaslighting staycation crowdfund podcast podcasts haha lmao gonna wanna gotta cuz coz
    dunno innit ya yall tonite tomoz luv plz pls thx liquidlogic systmone emis carenotes brexit facetime
    linkedin microsoft powerpoint sharepoint alt meta url admin html api olds yo tel reg mob ext ref dob"""
)
# Counties and parts of cities: places first, even where somebody is called so.
COUNTIES = phrases(
    """caithness|essex|kent|surrey|sussex|west sussex|east sussex|hampshire|dorset|devon|north devon|cornwall|somerset
    wiltshire|gloucestershire|oxfordshire|buckinghamshire|berkshire|hertfordshire|bedfordshire|cambridgeshire
    norfolk|suffolk|lincolnshire|nottinghamshire|derbyshire|leicestershire|northamptonshire|warwickshire
    worcestershire|herefordshire|shropshire|staffordshire|cheshire|lancashire|cumbria|yorkshire|north yorkshire
    west yorkshire|south yorkshire|durham|county durham|northumberland|merseyside|tyneside|teesside|wearside
    tees valley|tyne and wear|greater manchester|rutland|isle of wight|anglesey|gwynedd|powys|ceredigion
    pembrokeshire|carmarthenshire|gwent|fife|lothian|highlands|aberdeenshire|lanarkshire|ayrshire|antrim|armagh
    fermanagh|tyrone|derry|tameside|trafford|sandwell|calderdale|kirklees|brixton|peckham|moss side|toxteth
    handsworth|hackney|islington|lambeth|southwark|lewisham|newham|tower hamlets|haringey|camden|croydon|barnet
    brent|ealing"""
)

# What people do, and things do not: “Hope said”.
ACTS = VERBS - words(
    """can could will would has had is was did does now won't wouldn't couldn't can't isn't wasn't who whose"""
)
# Those among them that are written with an apostrophe, which a run of words does not reach over.
SHARED_NAMES = phrases(
    """women's aid|barnardo's|st mungo's|children's social care|children's services|magistrates' court
    alzheimer's society|parkinson's uk|prince's trust|king's trust|king's fund|king's counsel|queen's counsel
    mother's day|father's day|new year's eve|new year's day|valentine's day|people's postcode lottery|parliament's
    children's commissioner|children's society|children's centre|adults' services|children's home|women's refuge
    women's centre|st john ambulance|st giles trust|lloyd's|mcdonald's|sainsbury's|wetherspoon's"""
)
# After a surname: “the Jones family”.
HOUSEHOLD = words("family household children kids boys girls brothers sisters twins couple")
NOT_AFTER_MONTHS = CALENDAR | words("day ball fair bank half term fool fools report court")
EVERYBODYS = CALENDAR | PEOPLES | BROAD_PLACES | GENERAL
