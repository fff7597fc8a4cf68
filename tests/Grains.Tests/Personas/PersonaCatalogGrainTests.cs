using JubileeVerse.Personas;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Grains.Tests.Personas;

public sealed class PersonaCatalogGrainTests
{
    private static readonly StoredPersona Ada = StoredPersonas.Create("ada");

    private readonly PersonaCatalogGrain _grain = new(
        new PersonaCatalog(new FakePersonaStore { Rows = [Ada] }, TimeProvider.System, NullLogger<PersonaCatalog>.Instance));

    [Fact]
    public async Task Find_IdOrSlugOrNeither_IsThePersonaOrNull()
    {
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(Ada.Profile.Persona, await _grain.FindAsync(Ada.Profile.Persona.Id.ToString(), token));
        Assert.Equal(Ada.Profile.Persona, await _grain.FindAsync("ADA", token));
        Assert.Null(await _grain.FindAsync("bo", token));
    }
}
