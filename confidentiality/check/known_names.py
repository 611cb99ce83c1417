"""First names that we added to the packaged lists: what friends call each other, and names that these lack."""

from .vocabulary import words

NICKNAMES = words(
    """baz bazza gaz gazza daz dazza shaz shazza caz chaz loz moz jez jezza kez tez tezza mez maz laz naz oz ozzy
    kaz kazza trace trish chell deb debs debz kel mel bev viv liv izzy lizzy lizzie becks becky becca beckie
    steph stef soph nat nats natz cath kath kathy cathy jacko robbo davo deano deono wayno stevo smithy jonesy
    johnno jonno gibbo tommo macca fitzy charl charlz ashy alfie archie teddy freddie ronnie reggie sid vic
    vicky vik nige nigey stu stuey andy andi dom dommy gabs gabby tash tasha tosh sacha chrissy kris kristy
    christy jess jessie jessy emz ems ellie elle elz nicky nikki nic jools jules julz shan shanny shaun shauny
    dougie duggie doug hamza mo moh jay jayjay jj cj dj aj tj kj pj mj bj rj lj kenny kev kevvo trev bri bry
    coll geoff jeff jase jay matty mattie danny dan dannyboy sam sammy sami samz chelle michelle mick micky
    mickey paddy seany shauna siobhan saoirse caoimhe niamh aoife eoin cillian rhys llinos sian angharad cerys
    rhian gethin ieuan iolo emyr hamish fergus mhairi eilidh catriona callum"""
)

# Names that many people in Britain have, and the packaged lists have not or hold for rare.
FIRST_NAMES = words(
    """will sanjay sanjeev vijay ajay rajesh rakesh mukesh suresh ramesh dinesh mahesh nitin sachin vikram vikas
    anil sunil manoj deepak sandeep hardeep gurpreet manpreet jaspreet harpreet kulwinder balwinder sukhdev
    gurdeep jasbir parminder priya pooja neha anjali kavita sunita anita geeta meena seema reena leena sangeeta
    kiran jyoti nisha aarti arti shreya divya deepa rekha usha asha lakshmi meera radha imran usman bilal hamza
    faisal asif arif tariq naveed nadeem waqar zahid shahid rashid khalid kashif adeel aqib saqib haroon zubair
    junaid owais yasin yaseen idris ismail ibrahim yusuf yousef younis musa isa zakariya mustafa mahmood mahmoud
    mohammed muhammad mohamed mohammad ahmed ahmad hassan hasan hussein hussain abdul abdullah abdi abdirahman
    jamal kamal karim rahim salim saleem samir nasir aisha ayesha fatima fatimah khadija zainab maryam mariam
    amina aminah safiya sumaya hafsa halima hawa ifrah hodan sahra ayaan yasmin yasmeen nasreen shabnam shazia
    saima sadia rabia nadia farah farzana rukhsana shabana parveen nazia samina tahira bushra begum noor zara
    inaya alishba mehwish iqra anam sana hina agnieszka katarzyna malgorzata magdalena joanna monika ewa beata
    dorota iwona aneta kinga zofia zuzanna oliwia piotr pawel krzysztof tomasz andrzej marcin michal grzegorz
    jakub mateusz wojciech zbigniew jacek dariusz mariusz lukasz kamil bartosz szymon andrei ionut mihai florin
    cristian ioana elena mihaela alina daniela vasile gheorghe costel marius sorin razvan bogdan oksana olena
    svitlana natalia tetiana iryna olha yulia volodymyr oleksandr dmytro andriy serhiy mykola yaroslav chidi
    emeka ikenna obinna chinedu chioma ngozi adaeze nneka amara ifeoma tunde femi kunle segun wale bola tolu
    temitope folake yemi kwame kofi kwabena yaw kojo ama akua abena efua esi tendai tinashe tatenda rutendo
    farai chipo tafadzwa tariro keisha shanice latoya tanisha aaliyah tyrone jermaine leroy delroy winston
    dwayne devonte tyrell kadeem kaylee kayleigh chantelle chanel tiffany kelsey courtney shannon paige demi
    jade amber ellie-mae lexi lacey kacey casey corey kieran keiran ciaran connor conor jayden jaden kayden
    kaiden aiden brayden tyler jordan callum liam kyle ryan reece rhys kai gwen gwyneth carys nerys eirlys lowri
    ffion mared eleri heledd bronwen aled dafydd emlyn gareth geraint huw idris iwan owain rhodri fionnuala
    grainne orla oisin padraig cormac declan dermot donal eamon fintan lorcan malachy tadhg sinead roisin
    deirdre bernadette morag isla ailsa kirsty fiona ewan euan hamish alasdair alistair lachlan ruaridh rory
    struan finlay"""
)

# Dictionaries have them as words, but who types them means somebody.
MOSTLY_NAMES = words(
    """alan angelica becks billy bob bobby brad carol charlie colleen deb debs derrick dirk fritz gabby glen graham
    hazel heather harry hector jack jay jean jenny jimmy joey john johnny josh ken kelvin martin mickey mike
    nelson noel paddy patty peter phoebe roger romeo sally sheila sonny ted teddy terry timothy tom tony troy
    veronica victor viola willy"""
)
