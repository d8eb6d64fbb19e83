//! Names of the months, as pages in many languages write them.

/// Names of each month in lower case, abbreviations without their full stop. Where two languages use a word for two
/// months, it stands for that of the larger one: `listopada` is November in Polish and October in Croatian.
const NAMES: [&str; 12] = [
    "january jan januar jänner jaenner jän enero ene janvier janv gennaio gen janeiro januari styczeń stycznia sty stycz \
     января январь янв січня січень січ ocak oca leden ledna led januára január ianuarie ian siječanj siječnja tammikuu \
     tammikuuta ιανουαρίου ιανουάριος ιαν януари ян јануар јануара januara sausio janvāris janvārī jaanuar xaneiro gener \
     yanvar հունվարի იანვარი يناير जनवरी জানুয়ারি ינואר בינואר มกราคม janúar ژانویه студзеня",
    "february feb februar febr feber febrero février fevrier févr fév fevr febbraio fevereiro fev februari luty lutego \
     lut февраля февраль фев февр лютого лютий лют şubat şub subat únor února úno unor februára február februarie \
     veljača veljače helmikuu helmikuuta φεβρουαρίου φεβρουάριος φεβ февруари фебруар фебруара februara vasario \
     februāris februārī veebruar febreiro febrer fevral փետրվարի თებერვალი فبراير फरवरी ফেব্রুয়ারি פברואר בפברואר \
     กุมภาพันธ์ febrúar فوریه лютага",
    "march mar märz maerz mär mrz marzo mars março marco maart mrt maret marzec marca марта март мар березня березень бер \
     mart březen března bře brezen marec martie ožujak ožujka maaliskuu maaliskuuta μαρτίου μάρτιος μαρ мартa марта \
     kovo marts märts març մարտի მარტი مارس मार्च মার্চ מרץ במרץ มีนาคม március márc сакавіка",
    "april apr aprile abril abr avril avr kwiecień kwietnia kwi апреля апрель апр квітня квітень квіт nisan nis duben \
     dubna dub apríl apríla aprilie travanj travnja huhtikuu huhtikuuta απριλίου απρίλιος απρ април априла aprila \
     balandžio aprīlis aprīlī aprill aprel ապրիլի აპრილი أبريل ابريل إبريل अप्रैल এপ্রিল אפריל באפריל เมษายน április ápr آوریل \
     красавіка",
    "may mai mayo maggio mag maio mei maj maja май мая травня травень трав mayıs mayis květen května kvě máj mája svibanj \
     svibnja toukokuu toukokuuta μαΐου μάιος μαϊ мај маја gegužės maijs maijā maig մայիսի მაისი مايو मई মে מאי במאי \
     พฤษภาคม május maí مه мая",
    "june jun juni junio juin giugno giu junho czerwiec czerwca cze июня июнь июн червня червень черв haziran haz červen \
     června čvn jún júna iunie iun lipanj lipnja kesäkuu kesäkuuta ιουνίου ιούνιος ιουν юни јун јуна juna birželio \
     jūnijs jūnijā juuni xuño juny iyun հունիսի ივნისი يونيو जून জুন יוני ביוני มิถุนายน június júní ژوئن чэрвеня",
    "july jul juli julio juillet juil luglio lug julho lipiec lipca июля июль июл липня липень лип temmuz tem červenec \
     července čvc júl júla iulie iul srpanj srpnja heinäkuu heinäkuuta ιουλίου ιούλιος ιουλ юли јул јула jula liepos \
     jūlijs jūlijā juuli xullo juliol iyul հուլիսի ივლისი يوليو जुलाई জুলাই יולי ביולי กรกฎาคม július ژوئیه ліпеня",
    "august aug agosto ago août aout agustus augustus augusti sierpień sierpnia sie августа август авг серпня серпень \
     серп ağustos ağu agustos srpen srpna srp augusta kolovoz kolovoza elokuu elokuuta αυγούστου αύγουστος αυγ аугуст \
     avgust avgusta августа rugpjūčio augusts augustā agost ags avqust օգոստոսի აგვისტო أغسطس अगस्त আগস্ট אוגוסט באוגוסט \
     สิงหาคม augusztus ágúst اوت жніўня",
    "september sep sept septiembre setiembre set septembre settembre setembro wrzesień września wrz сентября сентябрь \
     сен сент вересня вересень вер eylül eyl eylul září zář septembra septembrie rujan rujna syyskuu syyskuuta \
     σεπτεμβρίου σεπτέμβριος σεπ септември септембар септембра rugsėjo septembris septembrī setembre sentyabr սեպտեմբերի \
     სექტემბერი سبتمبر सितंबर সেপ্টেম্বর ספטמבר בספטמבר กันยายน szeptember szept سپتامبر верасня",
    "october oct oktober okt octubre octobre ottobre ott outubro out październik października paź октября октябрь окт \
     жовтня жовтень жовт ekim eki říjen října říj október októbra octombrie lokakuu lokakuuta οκτωβρίου \
     οκτώβριος οκτ октомври октобар октобра oktobra spalio oktobris oktobrī oktoober oktyabr հոկտեմբերի ოქტომბერი \
     أكتوبر اكتوبر अक्टूबर অক্টোবর אוקטובר באוקטובר ตุลาคม اکتبر кастрычніка",
    "november nov noviembre novembre novembro listopad listopada lis ноября ноябрь ноя нояб листопада листопад лист kasım kas \
     kasim novembra noiembrie studeni studenoga marraskuu marraskuuta νοεμβρίου νοέμβριος νοε ноември новембар новембра \
     lapkričio novembris novembrī noyabr նոյեմբերի ნოემბერი نوفمبر नवंबर নভেম্বর נובמבר בנובמבר พฤศจิกายน nóvember نوامبر \
     лістапада",
    "december dec dez dezember diciembre dic décembre decembre déc dicembre dezembro desember des grudzień grudnia gru \
     декабря декабрь дек грудня грудень груд aralık ara aralik prosinec prosince pro decembra decembrie prosinac \
     prosinca joulukuu joulukuuta δεκεμβρίου δεκέμβριος δεκ декември децембар децембра gruodžio decembris decembrī \
     detsember decembro desembre dekabr դեկտեմբերի დეკემბერი ديسمبر दिसंबर ডিসেম্বর דצמבר בדצמבר ธันวาคม desember دسامبر \
     снежня",
];

/// The month a word names, 1 to 12; case does not matter.
pub(super) fn month(word: &str) -> Option<i8> {
    const LONGEST: usize = 40;
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let place = NAMES.iter().position(|names| names.split_ascii_whitespace().any(|name| name == word))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_one_month() {
        for (i, names) in NAMES.iter().enumerate() {
            for name in names.split_ascii_whitespace() {
                assert_eq!(name, name.to_lowercase(), "{name}");
                assert_eq!(month(name), Some(i as i8 + 1), "{name}");
            }
        }
        assert_eq!(month("MÄRZ"), Some(3));
        assert_eq!(month("Monday"), None);
        assert_eq!(month(&"x".repeat(1000)), None);
    }
}
