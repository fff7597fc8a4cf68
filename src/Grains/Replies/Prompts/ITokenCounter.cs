namespace JubileeVerse.Replies.Prompts;

/// <summary>Counts the tokens of a text. Never more than the text has UTF-8 bytes.</summary>
internal interface ITokenCounter
{
    int Count(string text);
}
