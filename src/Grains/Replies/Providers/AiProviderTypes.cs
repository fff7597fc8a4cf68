namespace JubileeVerse.Replies.Providers;

/// <summary>The values of <see cref="AiProviderOptions.Type"/>.</summary>
internal static class AiProviderTypes
{
    public const string OpenAi = "openai";
    public const string Builtin = "builtin";

    public static bool Is(this AiProviderOptions provider, string type) =>
        string.Equals(provider.Type, type, StringComparison.OrdinalIgnoreCase);
}
