using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>Makes documents by reflection, so that a property added tomorrow is in them without anybody thinking of it.</summary>
public sealed class Filled
{
    private readonly bool _bare;
    private int _count;

    private Filled(bool bare) => _bare = bare;

    /// <summary>Every member set, no two alike, every flag true, every list with two entries or one of each kind.</summary>
    public static T Out<T>() => (T)new Filled(bare: false).Make(typeof(T))!;

    /// <summary>Everything null, empty, zero or false that may be.</summary>
    public static T Bare<T>() => (T)new Filled(bare: true).Make(typeof(T))!;

    public static object Of(Type type, bool bare) => new Filled(bare).Make(type)!;

    private object? Make(Type type)
    {
        _count++;
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return _bare ? null : Make(value);
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValuesAsUnderlyingType(type);
            return Enum.ToObject(type, values.GetValue(_bare ? 0 : values.Length - 1)!);
        }

        return Scalar(type) ?? (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? Collection(type.GetGenericArguments()) : Record(type));
    }

    private object? Scalar(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => _bare ? "" : $"text {_count} – ñ <&\"",
        TypeCode.Int32 => _bare ? 0 : _count,
        TypeCode.Int64 => _bare ? 0L : _count,
        TypeCode.Boolean => !_bare,
        _ when type == typeof(DateOnly) => new DateOnly(2026, 1, 31).AddDays(_count),
        _ when type == typeof(TimeOnly) => new TimeOnly(7, 0).Add(TimeSpan.FromSeconds(_count)),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 31, 23, 59, 58, TimeSpan.Zero).AddTicks(_count),
        _ when type == typeof(JsonElement) => JsonSerializer.SerializeToElement(new Dictionary<string, int>(StringComparer.Ordinal) { ["member"] = _count }),
        _ => null,
    };

    private object Collection(Type[] arguments)
    {
        if (arguments is [_, var value])
        {
            var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            for (var index = _bare ? 2 : 0; index < 2; index++)
            {
                dictionary.Add(Make(typeof(string))!, Make(value));
            }

            return dictionary;
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments))!;
        var kinds = arguments[0].GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).DefaultIfEmpty(arguments[0]).ToArray();
        foreach (var kind in _bare ? [] : kinds.Length > 1 ? kinds : [kinds[0], kinds[0]])
        {
            list.Add(Make(kind));
        }

        return list;
    }

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        var record = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            var mayBeNull = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
            property.SetValue(record, _bare && mayBeNull ? null : Make(property.PropertyType));
        }

        return record;
    }
}
