"""Street names: real Ukrainian words, handed out so that a settlement never has two streets of one name."""

from collections.abc import Iterator

import numpy as np

# Cabinet of Ministers resolution no. 55 of 27 January 2010: letters, then those that differ at a word's start.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia",
}  # fmt: skip
_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_MUTE = "ьʼ’'"

_KINDS = {"вулиця": "Street", "провулок": "Lane", "проїзд": "Passage", "узвіз": "Descent"}

# What some streets were called until the laws of 2015 and 2023 had such names changed; invented for this city.
OLD_NAMES = {
    "вулиця Соборна": "вулиця Леніна",
    "вулиця Соборності": "вулиця Радянська",
    "вулиця Грушевського": "вулиця Комінтерну",
    "вулиця Героїв України": "вулиця Жовтнева",
    "вулиця Небесної Сотні": "вулиця Дзержинського",
    "вулиця Володимирська": "вулиця Карла Маркса",
    "вулиця Святослава Хороброго": "вулиця Чапаєва",
    "вулиця княгині Ольги": "вулиця Рози Люксембург",
    "вулиця Ярослава Мудрого": "вулиця Фрунзе",
    "вулиця Захисників України": "вулиця Гагаріна",
}

# Names of the city's quiet streets; main roads bring their own.
CITY_NAMES = tuple(
    """
    Тараса Шевченка|Лесі Українки|Івана Франка|Михайла Коцюбинського|Володимира Винниченка|Ліни Костенко|
    Василя Стуса|Симона Петлюри|Пилипа Орлика|Івана Мазепи|Григорія Сковороди|Павла Тичини|
    Максима Рильського|Олександра Довженка|Івана Нечуя-Левицького|Панаса Мирного|Марка Вовчка|Остапа Вишні|
    Миколи Лисенка|Соломії Крушельницької|Катерини Білокур|Марії Приймаченко|Казимира Малевича|
    Сергія Корольова|Юрія Кондратюка|Володимира Вернадського|Івана Пулюя|Миколи Пирогова|Миколи Амосова|
    Івана Богуна|Петра Сагайдачного|Северина Наливайка|Устима Кармалюка|Максима Залізняка|Івана Гонти|
    Костянтина Острозького|Данила Галицького|Ярослава Мудрого|Володимира Великого|княгині Ольги|
    Святослава Хороброго|Володимира Мономаха|Анни Ярославни|Нестора Літописця|Феодосія Печерського|
    Антонія Печерського|Петра Могили|Митрополита Шептицького|Героїв Крут|Героїв Чорнобиля|Героїв Маріуполя|
    Захисників України|Небесної Сотні|Незалежності|Злуки|Січових Стрільців|Козацька|Гетьманська|Полкова|
    Сотенна|Кошова|Запорізька|Чумацька|Гончарна|Гончарівська|Цегельна|Майстрова|Шкіряна|Кожумʼяцька|
    Ковальська|Бондарна|Млинова|Мельнична|Замкова|Городищенська|Миколаївська|Антоніївська|Покровська|
    Успенська|Троїцька|Михайлівська|Спаська|Преображенська|Святкова|Базарна|Торгова|Ярмаркова|Поштова|
    Шкільна|Гімназійна|Бібліотечна|Театральна|Музейна|Лікарняна|Аптечна|Пожежна|Річкова|Набережна|Лугова|
    Берегова|Мостова|Озерна|Ставкова|Джерельна|Кринична|Затишна|Тиха|Спокійна|Світла|Сонячна|Ясна|Зоряна|
    Веселкова|Весняна|Літня|Осіння|Квіткова|Вишнева|Яблунева|Грушева|Сливова|Абрикосова|Калинова|Малинова|
    Горіхова|Виноградна|Липова|Кленова|Дубова|Березова|Тополина|Каштанова|Ясенева|Вербова|Соснова|Ялинкова|
    Бузкова|Жасминова|Трояндова|Барвінкова|Волошкова|Лісова|Гайова|Польова|Степова|Хліборобська|Садова|
    Городня|Пасічна|Пшенична|Житня|Медова|Росяна|Підгірна|Нагірна|Горянська|Яружна|Піщана|Глиняна|Карʼєрна|
    Заводська|Фабрична|Робітнича|Промислова|Складська|Транспортна|Шляхова|Автомобільна|Аеродромна|Авіаторів|
    Льотна|Ангарна|Космонавтів|Стадіонна|Спортивна|Олімпійська|Молодіжна|Студентська|Вчительська|Дружби|
    Миру|Соборності|Європейська|Празька|Краківська|Віденська|Львівська|Одеська|Чернігівська|Полтавська|
    Черкаська|Канівська|Обухівська|Фастівська|Боярська|Глеваська|Погребівська|Путрівська|Барахтянська|
    Бугаївська|Вільшанська|Здорівська|Кодацька|Стугнянська|Застугнівська|Кобринова|Плосківська|Ольгинська|
    Зелена|Паркова|Нова|Стара|Північна|Південна|Східна|Західна|Центральна|Перспективна|Світанкова|Радісна|
    Щаслива|Чарівна|Казкова|Срібна|Золота|Бурштинова|Кришталева|Малахітова|Гранітна|Камʼяна|Вугільна|Соляна|
    Рибальська|Мисливська|Лебедина|Журавлина|Соловʼїна|Ластівчина
    """.replace("\n    ", "")
    .strip()
    .split("|")
)
VILLAGE_NAMES = tuple(
    """
    Шевченка|Садова|Шкільна|Молодіжна|Лесі Українки|Польова|Лугова|Набережна|Зелена|Вишнева|Миру|Сонячна|
    Франка|Нова|Лісова|Ставкова|Яблунева|Козацька|Соборна|Незалежності|Берегова|Церковна|Калинова|Степова|
    Затишна|Джерельна|Гоголя|Грушевського|Дружби|Квіткова|Озерна|Горіхова|Підгірна|Хутірська|Тополина|
    Кутова|Криничка|Вербова
    """.replace("\n    ", "")
    .strip()
    .split("|")
)


def transliterate(text: str) -> str:
    """Ukrainian in Latin letters by the official table of 2010 (зг becomes zgh; ь and the apostrophe fall away)."""
    words = []
    for word in text.split(" "):
        parts = [_word(part) for part in word.split("-")]
        words.append("-".join(parts))
    return " ".join(words)


def _word(word: str) -> str:
    letters = []
    started = False
    for at, letter in enumerate(word):
        low = letter.lower()
        if low in _MUTE:
            continue
        latin = _LATIN.get(low, letter) if started else _INITIAL.get(low, _LATIN.get(low, letter))
        if low == "г" and at and word[at - 1].lower() == "з":
            latin = "gh"
        letters.append(latin.capitalize() if letter.isupper() else latin)
        started = started or low in _LATIN
    return "".join(letters)


def in_english(name: str) -> str:
    """«провулок Садовий» -> "Sadovyi Lane"; a name that starts with no kind of street is only transliterated."""
    kind, _, rest = name.partition(" ")
    if kind[:1].isdigit():
        return f"{_ordinal(int(kind.split('-')[0]))} {in_english(rest)}"
    if kind == "автодорога":
        return "road " + transliterate(rest)
    return f"{transliterate(rest)} {_KINDS[kind]}" if kind in _KINDS else transliterate(name)


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    return f"{number}{ending}"


def masculine(adjective: str) -> str:
    """The name as it stands after «провулок»: «Садова» -> «Садовий»; genitives stay as they are."""
    if " " in adjective or (adjective.endswith("ка") and not adjective.endswith("ька")):
        return adjective
    if adjective.endswith("ня"):
        return adjective[:-1] + "ій"
    return adjective[:-1] + "ий" if adjective.endswith("а") else adjective


def city_street_names(rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """Endless pairs (name of a street, name of the lane of that name), none twice."""
    yield from _names(CITY_NAMES, rng)


def village_street_names(rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """As `city_street_names`, of the words a village uses."""
    yield from _names(VILLAGE_NAMES, rng)


def _names(words: tuple[str, ...], rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    order = rng.permutation(len(words)).tolist()
    number = 1
    while True:
        for at in order:
            other = masculine(words[at])
            if number == 1:
                yield f"вулиця {words[at]}", f"провулок {other}"
            else:
                yield f"{number}-й проїзд {other}", f"{number}-й провулок {other}"
        number += 1
