using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace JubileeVerse.Architecture.Tests;

/// <summary>The return type of an endpoint states its results, so the OpenAPI document follows from the code.</summary>
public sealed partial class EndpointTests
{
    private static readonly Type[] UntypedResults = [typeof(IResult), typeof(Task<IResult>), typeof(ValueTask<IResult>)];

    [Fact]
    public void Endpoints_CreateTypedResults()
    {
        var untyped = Repository.Sources("src")
            .Where(file => UntypedFactory().IsMatch(file.Text))
            .Select(file => file.Path);

        Assert.Empty(untyped);
    }

    [Fact]
    public void Methods_StateTheTypeOfTheirResult()
    {
        Assembly[] assemblies = [Assemblies.Gateway, Assemblies.ServiceDefaults];
        var untyped = assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => UntypedResults.Contains(method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Empty(untyped);
    }

    [GeneratedRegex(@"(?<![\w.])Results\.")]
    private static partial Regex UntypedFactory();
}
