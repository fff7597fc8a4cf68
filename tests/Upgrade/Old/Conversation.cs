namespace JubileeVerse.Upgrade;

/// <summary>The calls of an old gateway to a silo of either version.</summary>
internal static class Conversation
{
    public static async Task RunAsync(ILetterGrain grain, TextWriter output)
    {
        var result = await grain.SendAsync(new Letter("from old", LetterKind.Plain));
        await output.WriteLineAsync($"letter: {result.Text}; kind {(int)result.Kind}");
    }
}
