namespace JubileeVerse.Gateway.Operations;

internal sealed record ProbeAnswer(string Status);
