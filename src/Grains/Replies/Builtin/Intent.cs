namespace JubileeVerse.Replies.Builtin;

/// <summary>What somebody seems to want with a message.</summary>
internal enum Intent
{
    /// <summary>Tells something.</summary>
    Statement,
    Question,
    Greeting,
    Thanks,
    Goodbye,
    HeavyFeeling,
    LightFeeling,

    /// <summary>Asks whether this is a machine, a model, a person.</summary>
    WhatAreYou,

    /// <summary>Asks for a name, or what one can come here with.</summary>
    WhoAreYou,
    HowAreYou,

    /// <summary>Asks what the persona itself likes, does, has.</summary>
    AboutYou,

    /// <summary>Agrees with what was said last.</summary>
    Yes,
    No,
    Unsure,

    /// <summary>Asks to go on, or why.</summary>
    More,

    /// <summary>Shows a piece of a program.</summary>
    Code,

    /// <summary>Wants something calculated.</summary>
    Sum,

    /// <summary>Speaks of ending or hurting themselves.</summary>
    Danger,

    /// <summary>Written in letters that none of the prepared lines are written in.</summary>
    OtherScript,

    /// <summary>Written in Latin letters, in a language that none of the prepared lines are written in.</summary>
    OtherLanguage,
}
