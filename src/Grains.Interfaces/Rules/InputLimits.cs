namespace JubileeVerse.Rules;

/// <summary>
/// The numbers that input must respect. Lengths are UTF-16 code units, which is what C#, JavaScript and <c>maxlength</c> count.
/// The page receives them in <c>wwwroot/js/shared/contract.js</c>.
/// </summary>
public static class InputLimits
{
    public const int MaxContentLength = 8000;

    public const int MaxClientMessageIdLength = 100;

    public const int MaxTitleLength = 120;

    /// <summary>The personas of a conversation, and so the replies of a turn.</summary>
    public const int MaxPersonas = 8;

    public const int MaxDisplayNameLength = 80;

    /// <summary>The longest path of an SMTP envelope, without its angle brackets (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaxEmailLength = 254;

    /// <summary>RFC 5321, 4.5.3.1.1.</summary>
    public const int MaxEmailLocalPartLength = 64;

    public const int MinPasswordLength = 8;

    /// <summary>Bounds the work of one password hash.</summary>
    public const int MaxPasswordLength = 128;

    /// <summary>The buffer that RFC 5646, 4.4.1 recommends: the longest tag without extensions and private use.</summary>
    public const int MaxLanguageTagLength = 35;
}
