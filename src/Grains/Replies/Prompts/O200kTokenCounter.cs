using Microsoft.ML.Tokenizers;

namespace JubileeVerse.Replies.Prompts;

/// <summary>
/// Counts with the vocabulary <c>o200k_base</c>. It is read at the first use, as it takes part of a second and tens of megabytes
/// that a silo of short conversations never needs.
/// </summary>
internal sealed class O200kTokenCounter : ITokenCounter
{
    private readonly Lazy<Tokenizer> _tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public int Count(string text) => _tokenizer.Value.CountTokens(text);
}
