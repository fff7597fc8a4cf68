namespace JubileeVerse.Upgrade;

/// <summary>What an old gateway says to a silo of either version.</summary>
internal static class Conversation
{
    public static async Task HoldAsync(ILetterGrain grain, TextWriter output)
    {
        var back = await grain.SendAsync(new Letter("from old", LetterKind.Plain));
        await output.WriteLineAsync($"letter: {back.Text}; kind {(int)back.Kind}");
    }
}
