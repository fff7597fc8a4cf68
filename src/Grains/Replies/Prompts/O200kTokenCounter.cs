using Microsoft.ML.Tokenizers;

namespace JubileeVerse.Replies.Prompts;

/// <summary>
/// Counts with the vocabulary <c>o200k_base</c>. The vocabulary is loaded at first use, because it takes a fraction of a second and tens of
/// megabytes, and a silo with short conversations never needs it.
/// </summary>
internal sealed class O200kTokenCounter : ITokenCounter
{
    private readonly Lazy<Tokenizer> _tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public int Count(string text) => _tokenizer.Value.CountTokens(text);
}
