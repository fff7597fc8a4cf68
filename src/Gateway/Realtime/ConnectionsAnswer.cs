namespace JubileeVerse.Gateway.Realtime;

/// <param name="Connections">How many links of a person it was about.</param>
internal sealed record ConnectionsAnswer(int Connections);
