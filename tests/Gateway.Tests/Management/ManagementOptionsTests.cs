using JubileeVerse.ServiceDefaults.Management;

namespace JubileeVerse.Gateway.Tests.Management;

public sealed class ManagementOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("http://+:9090")]
    [InlineData("http://127.0.0.1:9090/")]
    [InlineData("http://[::1]:9090")]
    public void Validate_UsableUrl_Succeeds(string url) => Assert.True(Validate(url).Succeeded);

    [Theory]
    [InlineData("9090")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("https://127.0.0.1:9090")]
    [InlineData("http://127.0.0.1:9090/probes")]
    [InlineData("http://unix:/tmp/socket")]
    public void Validate_UnusableUrl_FailsAndNamesTheKey(string url) =>
        Assert.Contains("JubileeVerse:Management:Url", Validate(url).FailureMessage, StringComparison.Ordinal);

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string url) =>
        new ManagementOptionsValidator().Validate(null, new ManagementOptions { Url = url });
}
