namespace JubileeVerse.ServiceDefaults.Health;

/// <param name="Status"><c>live</c>, <c>ready</c>, <c>not-ready</c> or <c>draining</c>.</param>
public sealed record ProbeResponse(string Status);
