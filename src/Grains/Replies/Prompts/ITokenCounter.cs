namespace JubileeVerse.Replies.Prompts;

/// <summary>Counts the tokens of a text. The count never exceeds the number of UTF-8 bytes.</summary>
internal interface ITokenCounter
{
    int Count(string text);
}
