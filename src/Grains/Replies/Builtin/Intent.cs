namespace JubileeVerse.Replies.Builtin;

/// <summary>The presumed intent of a message.</summary>
internal enum Intent
{
    /// <summary>Makes a statement.</summary>
    Statement,
    Question,
    Greeting,
    Thanks,
    Goodbye,
    HeavyFeeling,
    LightFeeling,

    /// <summary>Asks whether this is a machine, a model, a person.</summary>
    WhatAreYou,

    /// <summary>Asks for the persona's name or for what it can help with.</summary>
    WhoAreYou,
    HowAreYou,

    /// <summary>Asks what the persona itself likes, does or has.</summary>
    AboutYou,

    /// <summary>Agrees with the last reply.</summary>
    Yes,
    No,
    Unsure,

    /// <summary>Asks to continue, or why.</summary>
    More,

    /// <summary>Contains program code.</summary>
    Code,

    /// <summary>Asks for a calculation.</summary>
    Sum,

    /// <summary>Mentions suicide or self-harm.</summary>
    Danger,

    /// <summary>Written in a script that none of the prepared lines use.</summary>
    OtherScript,

    /// <summary>Written in Latin letters, in a language that none of the prepared lines use.</summary>
    OtherLanguage,
}
