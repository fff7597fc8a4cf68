using JubileeVerse.Replies.Providers;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class AiOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => Assert.Empty(Faults(new AiOptions()));

    [Fact]
    public void Validate_UnknownType_NamesTheKeyAndTheTypesThatExist()
    {
        var options = new AiOptions { Providers = [new AiProviderOptions { Type = "builtin" }, new AiProviderOptions { Type = "ollama" }] };

        Assert.Equal(["JubileeVerse:Ai:Providers:1:Type is 'ollama': it must be one of openai, builtin."], Faults(options));
    }

    [Fact]
    public void Validate_ManyFaults_NamesAllAndNoSecret()
    {
        var options = new AiOptions
        {
            Providers =
            [
                new AiProviderOptions { Type = "openai", Endpoint = "localhost", ApiKey = "sk-secret", ContextTokens = 100 },
                new AiProviderOptions { Type = "openai", Model = "m" },
            ],
            Builtin = new AiBuiltinOptions { PieceDelayMs = -1 },
            Timeouts = new AiTimeoutOptions { Total = TimeSpan.FromSeconds(5) },
        };

        var faults = Faults(options);

        string[] keys =
        [
            "Providers:0:Model", "Providers:0:Endpoint", "Providers:0:ContextTokens", "Providers:1:ApiKey", "Builtin:PieceDelayMs",
            "Timeouts:Total",
        ];
        foreach (var key in keys)
            Assert.Contains(faults, fault => fault.StartsWith($"JubileeVerse:Ai:{key} ", StringComparison.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains("sk-secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_SameNameTwice_IsAFault()
    {
        var options = new AiOptions
        {
            Providers = [new AiProviderOptions { Type = "builtin", Name = "a" }, new AiProviderOptions { Type = "builtin", Name = "A" }],
        };

        Assert.StartsWith("JubileeVerse:Ai:Providers:1:Name", Assert.Single(Faults(options)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Faults(AiOptions options) => new AiOptionsValidator().Validate(null, options).Failures ?? [];
}
