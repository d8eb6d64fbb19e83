//! Forms of English words that no rule leads back: written here by hand, a word and its other forms in a line.

/// Irregular forms and what is derived irregularly, behind the word that they count as.
pub(super) const IRREGULAR: &str = "\
arise arose arisen
bear bore borne
beat beaten
become became
begin began begun
bite bit bitten
blow blew blown
break broke broken
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen choice
come came
deal dealt
die dead death deadly
dig dug
do did done does
draw drew drawn
drink drank drunk drunken
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fly flew flown flight
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
go went gone goes
grow grew grown growth
hang hung
hear heard
hide hid hidden
hold held
injure injury injuries
keep kept
know knew known knowledge
lay laid
lead led
leave left
lend lent
lie lied lying
lose lost loss losses
make made
man men
child children
woman women
person people
mean meant
meet met
pay paid payment
prove proven proof
ride rode ridden
ring rang rung
rise rose risen
rob robbery robberies
run ran
say said
see saw seen
seek sought
sell sold sale sales
send sent
shake shook shaken
shoot shot shots
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
speak spoke spoken speech
spend spent
stand stood
steal stole stolen
stick stuck
strike struck stricken
swear swore sworn
sweep swept
swim swam swum
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
wake woke woken
wear wore worn
win won
write wrote written
wife wives
life lives
thief thieves theft
knife knives
be is are was were been being am isn't aren't wasn't weren't
have has had having
can could
will would won't
not cannot can't didn't doesn't don't n't never
";

/// Peoples and languages that are not called as their country is.
pub(super) const PEOPLES: &str = "\
afghanistan afghan afghans
argentina argentine
britain british briton britons
cyprus cypriot cypriots
denmark danish dane danes
finland finnish finn finns
france french
germany german germans
greece greek greeks
iceland icelander
ireland irish
kazakhstan kazakh
netherlands dutch
norway norwegian
philippines filipino filipinos
poland polish
scotland scottish
spain spanish spaniard
sweden swedish swede
switzerland swiss
turkey turkish turk turks
uzbekistan uzbek
wales welsh
";

/// Short forms of months and days, and words of one meaning that differ by country.
pub(super) const SHORT: &str = "\
january jan
february feb
april apr
august aug
september sept sep
october oct
november nov
december dec
monday mon
tuesday tues tue
wednesday wed
thursday thurs thur thu
friday fri
saturday sat
center centre
theater theatre
meter metre
liter litre
program programme
aluminum aluminium
mom mum
";

/// Numbers that are written as one word.
pub(super) const NUMBERS: &str = "\
0 zero
1 one
2 two
3 three
4 four
5 five
6 six
7 seven
8 eight
9 nine
10 ten
11 eleven
12 twelve dozen
13 thirteen
14 fourteen
15 fifteen
16 sixteen
17 seventeen
18 eighteen
19 nineteen
20 twenty
30 thirty
40 forty
50 fifty
60 sixty
70 seventy
80 eighty
90 ninety
100 hundred
1000 thousand
1000000 million
1000000000 billion
1000000000000 trillion
";
