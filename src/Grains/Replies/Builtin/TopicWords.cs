using System.Collections.Frozen;

namespace JubileeVerse.Replies.Builtin;

/// <summary>The word lists of <see cref="TopicFinder"/>.</summary>
internal static class TopicWords
{
    /// <summary>Function words, common verbs and feelings, which are never part of a topic.</summary>
    public static readonly FrozenSet<string> Plain = Set(
        "a an the this that these those my your our his her their its i you he she it we they me him us them myself yourself and or but " +
        "so if then than because while as of in on at " +
        "to from by with without for about into over under after before between through during again once more most much many some any " +
        "no not never only very too also just really quite " +
        "almost still even ever already yet soon now here there today tomorrow yesterday tonight always often sometimes maybe perhaps " +
        "please yes ok okay well oh hi hello hey thanks thank " +
        "what why how when where who which whose whether am is are was were be been being do does did done doing have has had having can " +
        "could will would shall should may might must " +
        "i'm i've i'd i'll you're it's that's don't doesn't didn't can't cannot couldn't won't isn't aren't wasn't let's what's there's " +
        "he's she's they're we're haven't hasn't wouldn't shouldn't " +
        "want wants wanted need needs needed know knows knew think thinks thought like likes liked love loves loved feel feels felt " +
        "feeling say says said tell tells told talk talks talked " +
        "help helps helped make makes made get gets got go goes went going gone come comes came take takes took give gives gave find " +
        "finds found keep keeps kept let lets try tries tried " +
        "see sees saw look looks looking looked ask asks asked use uses used using works seem seems mean means start starts started stop " +
        "stops explain understand remember believe hope hopes wish guess " +
        "lost passed died left speak speaks spoke show shows put bring brings brought leave leaves tell ate eat eats drank drink sat sit " +
        "stood stand ran fell fall falls broke break breaks began begin begins became become " +
        "bought buy buys sold sell built build builds caught taught teach teaches met meet meets paid pay pays sent send sends spent " +
        "spend won win wins lose loses cut cuts hit hits quit quits read wrote write writes " +
        "drove drive slept grew grow grows knew threw drew flew chose choose hid held hold holds hear hears heard learn learns learnt " +
        "live lives move moves turn turns follow follows happen happens change call calls " +
        "hate hates miss misses enjoy enjoys care cares worry worries wonder replay forget forgets forgot offend improve fix fixes deal " +
        "cope decide spread recommend suggest describe invent review rewrite practise guide finish apologise " +
        "something anything everything nothing someone anyone everyone somebody anybody everybody nobody none everywhere anywhere " +
        "whatever wherever " +
        "sad tired anxious lonely alone stressed angry afraid scared overwhelmed worried nervous hurt happy able real im dont cant idk " +
        "lol haha " +
        "proud excited grateful relieved joyful hopeful delighted thrilled peaceful amazing wonderful hopeless exhausted depressed " +
        "ashamed guilty frustrated jealous empty miserable upset restless " +
        "homesick bored terrible awful finally later anyway actually instead else apart together away back down out off up around yours " +
        "mine ours https http www com org " +
        "due via per such according one work works asleep awake listen listens asdf test blah qwerty cheering drained heartbroken " +
        "unhappy devastated");

    /// <summary>Nouns without a meaning of their own: a topic may end with one, but not consist of one.</summary>
    public static readonly FrozenSet<string> Generic = Set(
        "word words thing things way ways bit lot lots kind kinds sort type types stuff idea ideas case time times day days week weeks " +
        "month months year years hour hours minute minutes moment people person persons " +
        "question questions answer answers advice problem problems issue issues reason reasons part parts place places point points " +
        "example examples matter topic subject message chat conversation guy guys man woman " +
        "tip tips list couple pair step steps piece side end line lines fact facts side number sense detail details somebody use help " +
        "hand mind favour favor world life today weekend morning afternoon evening night " +
        "sentence sentences minute name names fun need chance trouble rest start head joke jokes objects country");

    /// <summary>Adjectives, which may precede a noun but never end a topic.</summary>
    public static readonly FrozenSet<string> Adjectives = Set(
        "good bad great new old big little small long short best better worse worst nice right wrong sure same other another each every " +
        "all both few own next last first second third two three four five six seven eight nine ten " +
        "beautiful cosy cozy difficult hard easy funny free ready important interesting simple quick fast slow cheap expensive young " +
        "strong weak hot cold warm cool full busy late early true false dead alive sick ill fine " +
        "crazy stupid silly weird strange honest tough rough high low deep dark whole main favourite favorite junior senior red blue " +
        "green white black quiet loud kind possible impossible gentle stiff useful useless " +
        "healthy special different local foreign whole general boring large huge tiny main average random recent current entire further " +
        "several flaky scary tricky lazy clever cute unfair selfish unkind rude mean");

    /// <summary>Words for people and pets, which a topic may name but {topic} lines must not use.</summary>
    public static readonly FrozenSet<string> People = Set(
        "mother father mom mum dad parents sister brother sisters brothers son daughter sons daughters child children kid kids baby wife " +
        "husband partner boyfriend girlfriend friend friends boss colleague colleagues neighbour " +
        "neighbours neighbor neighbors teacher grandmother grandfather grandma grandpa uncle aunt cousin family ex landlord roommate " +
        "flatmate manager team dog cat pet");

    /// <summary>Verbs with the noun that a reply uses for the activity.</summary>
    public static readonly FrozenDictionary<string, string> Activities = Set(
        "sleep=sleep cook=cooking bake=baking paint=painting draw=drawing sing=singing dance=dancing swim=swimming travel=travelling " +
        "meditate=meditation knit=knitting breathe=breathing " +
        "negotiate=negotiation garden=gardening hike=hiking procrastinate=procrastination study=studying")
        .Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    // Nouns with the ending of a verb, an adverb or an adjective.
    private static readonly FrozenSet<string> Nouns = Set(
        "family italy belly spring string evening ceiling morning wedding building painting cooking baking drawing singing dancing " +
        "swimming gardening knitting running hiking breathing training meeting reading writing " +
        "clothing parking housing jelly reply bed seed speed weed feed breed shed table vegetable vegetables cable timetable italian " +
        "reed need running travelling studying photography");

    private static readonly string[] AdjectiveEndings = ["ous", "ful", "less", "able", "ible", "ish"];

    public static bool IsNoun(string word) => Nouns.Contains(word);

    public static bool LooksLikeVerbOrAdverb(string word) =>
        !Nouns.Contains(word) && word.Length > 4
        && (word.EndsWith("ed", StringComparison.Ordinal) || word.EndsWith("ly", StringComparison.Ordinal));

    public static bool IsAdjective(string word) =>
        Adjectives.Contains(word)
        || (word.Length > 5 && !Nouns.Contains(word) && AdjectiveEndings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)));

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();
}
