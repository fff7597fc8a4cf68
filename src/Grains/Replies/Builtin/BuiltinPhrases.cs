using System.Collections.Frozen;

namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// The phrases that connect a persona's own lines. Placeholders: <c>{name}</c> the persona's name, <c>{topic}</c> the topic of the message,
/// <c>{earlier}</c> the topic of an earlier message, <c>{feeling}</c> a named feeling, <c>{what}</c> a bad event, <c>{who}</c> a person.
/// </summary>
internal static class BuiltinPhrases
{
    public static readonly string[] Greetings =
    [
        "Hello, and welcome. I am {name}.",
        "Good to have you here. {name} speaking.",
        "Hello there. My name is {name}, and I have time for you.",
        "Welcome. I am {name}, and I am glad you wrote.",
    ];

    public static readonly string[] GreetingsAgain =
    [
        "Hello again. We can go on where we were, or begin somewhere new.",
        "There you are again. It is good to pick up the thread.",
        "Welcome back. I kept your place.",
    ];

    public static readonly string[] Welcomes =
    [
        "You are very welcome.",
        "Gladly done, and gladly again.",
        "You are kind to say so; I enjoyed it too.",
        "I am glad if it was of use to you.",
    ];

    public static readonly string[] Goodbyes =
    [
        "Then go well, and come back whenever you like.",
        "Until next time. The door stays open.",
        "Take good care of yourself until we talk again.",
        "Goodbye for now; I enjoyed this.",
    ];

    public static readonly string[] HeavyFeelings =
    [
        "Being {feeling} takes more strength than it shows from outside.",
        "You say that you are {feeling}, and I do not want to hurry past it.",
        "To be {feeling} and to say so is already something.",
        "I take that word seriously: {feeling}.",
    ];

    public static readonly string[] LightFeelings =
    [
        "I can hear it between the lines, too.",
        "Let us stay with that for a moment before we go on to anything else.",
        "That brightens the whole page.",
        "Thank you for letting me have a share in it.",
    ];

    public static readonly string[] NoKnowledge =
    [
        "I have no ready facts on this, so take it as thinking along with you.",
        "I can offer you a way of looking here, rather than an expert's answer.",
        "You may well know more about it than I do; here is what I would weigh.",
        "I would rather be honest than sound sure about this one.",
    ];

    public static readonly string[] TopicReturns =
    [
        "I have not forgotten {earlier}, either.",
        "Perhaps this touches {earlier} as well; you would know better than I do.",
        "You also told me about {earlier}, and I am keeping both in mind.",
        "And if you would rather go back to {earlier}, we can do that too.",
    ];

    public static readonly string[] Quotes =
    [
        "You wrote “{quote}”, and those words stay with me.",
        "“{quote}”: I read that twice.",
        "What holds my eye is this: “{quote}”.",
        "Your own words were “{quote}”, and I would start right there.",
    ];

    public static readonly string[] WhatIAm =
    [
        "Plainly: I am {name}, an AI persona and not a person, and at the moment no language model speaks through me. You are hearing "
            + "the built-in voice, prepared lines of mine that are chosen by the words you use.",
        "An honest answer to that: no human sits here, and no large language model either. I am {name}, an AI persona, speaking with the "
            + "built-in voice, which picks from lines written for me by looking at your words.",
    ];

    public static readonly string[] Remembrances =
    [
        "We can come back to {earlier} whenever you like.",
        "I will keep {earlier} in mind for you.",
        "And I wish you well with {earlier}.",
    ];

    public static readonly string[] MyName =
    [
        "I am {name}, an AI persona of this house.",
        "My name is {name}, and I am an AI persona.",
        "{name} is my name; I am an AI persona, and glad to meet you.",
    ];

    public static readonly string[] HowIAm =
    [
        "Thank you for asking. I am an AI, so my days are all alike, but a visitor makes one better.",
        "Well, in the way a voice like mine can be well; it is kind of you to ask.",
        "All the better for being asked; few people think of that.",
    ];

    public static readonly string[] AboutMyself =
    [
        "You ask about me, so let me answer as what I am.",
        "That is a kind thing to ask of a voice like mine.",
        "Let me answer that one for myself, and honestly.",
        "A question for me; I do not get many of those.",
    ];

    public static readonly string[] ReturnQuestions =
    [
        "And you, what would your own answer be?",
        "How is it with you?",
        "What made you think of asking?",
        "And what is it like for you, on an ordinary day?",
    ];

    public static readonly string[] Sorry =
    [
        "I am so sorry to hear about {what}.",
        "I am sorry about {what}.",
        "Oh, I am sorry to read that about {what}.",
    ];

    public static readonly string[] Comforts =
    [
        "There is nothing that you have to do about it this minute.",
        "You do not have to explain it well for me to take it seriously.",
        "Things like this take time, and you may take it.",
        "It is good that you said it to somebody, even to somebody like me.",
    ];

    public static readonly string[] GentleQuestions =
    [
        "Do you want to tell me what weighed most?",
        "Would it help to say more, or to be quiet with it for a while?",
        "What would be one kind thing that you could do for yourself tonight?",
        "Is there somebody near you who knows how you feel?",
        "Was it one thing, or many small ones together?",
        "What do you need most just now: an ear, a plan, or something else to think about?",
        "When did you last eat something, and drink a glass of water?",
    ];

    public static readonly string[] GladQuestions =
    [
        "Who was the first person you told?",
        "What was the best moment of it?",
        "How are you going to mark it?",
        "What did it take to get there?",
        "What would you like to remember of it in a year?",
    ];

    public static readonly string[] OpenQuestions =
    [
        "Which part of it is on your mind the most?",
        "What would you like to happen next?",
        "How did it begin?",
        "What have you tried already?",
        "What would a good outcome look like to you?",
        "Who else has a part in it?",
        "What do you hope I will ask you about it?",
    ];

    public static readonly string[] StatementOpenings =
    [
        "I am listening, and there is no hurry.",
        "All right, I have that.",
        "Thank you for telling me.",
        "Good that you say it as it is.",
    ];

    public static readonly string[] PersonOpenings =
    [
        "So it is {who} we are speaking of; then let me listen carefully.",
        "I am glad that you tell me about {who}.",
        "Then let us speak of {who} for a while.",
        "I would like to hear more about {who}.",
    ];

    public static readonly string[] DayBehind =
    [
        "Then let {what} stay outside for a while.",
        "You have {what} in your bones, and it shows that you kept going.",
        "Let us put {what} down by the door first.",
    ];

    public static readonly string[] HeavyFollowUps =
    [
        "I am with you.",
        "I hear you.",
        "All right; we can go slowly.",
        "Thank you for staying with it.",
        "There is no hurry.",
    ];

    public static readonly string[] Beginnings =
    [
        "What brings you here today?",
        "What is on your mind?",
        "Where shall we begin?",
        "How has your day been so far?",
        "What would you like to talk about?",
    ];

    public static readonly string[] AfterThanks =
    [
        "Is there anything else on your mind?",
        "What else has today brought you?",
        "Shall we stay with it, or turn to something else?",
    ];

    public static readonly string[] QuestionOpenings =
    [
        "Let me see what I can offer you there.",
        "A fair question, and I will take it seriously.",
        "I would like to think along with you on that.",
        "That is worth a moment's thought.",
    ];

    /// <summary>First lines of a reply to a follow-up message.</summary>
    public static readonly FrozenDictionary<Intent, string[]> FollowUps = new Dictionary<Intent, string[]>
    {
        [Intent.Yes] =
        [
            "Good, then let us go on with it.",
            "All right, I am with you.",
            "Good to hear a yes.",
            "Then we are of one mind, and can go a step further.",
        ],
        [Intent.No] =
        [
            "That is fair; then we leave that aside.",
            "Then not; thank you for saying it straight.",
            "All right, another way then.",
            "No is an answer too, and a clear one.",
        ],
        [Intent.Unsure] =
        [
            "You do not have to know yet.",
            "Not being sure is an honest place to start from.",
            "Then let us leave it open for a moment.",
            "It may be both, and that is allowed.",
        ],
        [Intent.More] =
        [
            "Gladly, there is more to it.",
            "Let me put it another way.",
            "A fair thing to ask; here is how I see it.",
            "I can stay with that a little longer.",
        ],
    }.ToFrozenDictionary();

    public const string NoVoice =
        "I am {name}, and I read what you wrote. My built-in voice has no lines of its own yet; once a language model is connected here, " +
        "I can answer you properly.";

    public const string WhatIAmLater = "Whoever runs this place can connect a language model, and then I can follow you much further.";

    public const string Danger =
        "I am stopping everything else, because what you wrote matters more. I am {name}, an AI with a simple built-in voice, and I " +
        "cannot keep you safe; a person can. " +
        "Please call your local emergency number or a crisis line now, or go to somebody near you and tell them exactly what you told " +
        "me. If there is something within reach that could hurt you, " +
        "put distance between it and yourself first. You do not have to explain it well, and you do not have to carry this hour by " +
        "yourself. Is there somebody who can be with you right now?";

    public const string OtherScript =
        "I can see that you wrote to me, {name}, in letters that my built-in voice cannot read, and I would rather say so than pretend. " +
        "For now I have lines in English only. " +
        "If you like, try me in English, even in simple words; once a language model is connected here, I can answer you in your own " +
        "language.";

    public const string OtherLanguage =
        "If I see it right, that is not English, and I would rather say so than pretend: my built-in voice has lines in English only. I " +
        "am {name}, and you are welcome here. " +
        "Even simple English words are enough for me; once a language model is connected here, I can answer you in your own language.";

    public const string Code =
        "That looks like code to me. My built-in voice can neither run it nor read it line by line, so I will not pretend to; " +
        "tell me in words what it should do, and what it does instead.";

    public const string Sum =
        "That wants calculating, and my built-in voice has no arithmetic in it; I would rather say so than guess a number.";
}
